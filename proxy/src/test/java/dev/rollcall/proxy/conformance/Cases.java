package dev.rollcall.proxy.conformance;

import java.util.List;
import java.util.stream.Stream;

/** The whole table. */
final class Cases {

  private Cases() {}

  static List<Case> all() {
    return Stream.of(
            RequestFramingCases.all(),
            SmugglingCases.all(),
            ChunkCases.all(),
            FieldCases.all(),
            TargetCases.all(),
            TargetFormCases.all(),
            RouteCases.all(),
            RedirectCases.all(),
            LimitCases.all(),
            RateCases.all(),
            GzipCases.all(),
            HopByHopCases.all(),
            KeepAliveCases.all(),
            ForwardedCases.all(),
            IdentityCases.all(),
            BodyCases.all(),
            BodilessCases.all(),
            StreamCases.all(),
            SlowReaderCases.all(),
            InterimCases.all(),
            EarlyAnswerCases.all(),
            BrokenUpstreamCases.all(),
            DyingUpstreamCases.all(),
            RetryCases.all(),
            RetrySettingCases.all(),
            StaleConnectionCases.all(),
            TimeoutCases.all(),
            NoTimeoutCases.all(),
            TunnelCases.all(),
            RefusedUpgradeCases.all(),
            CancelCases.all(),
            OwnAnswerCases.all(),
            H2RequestCases.all(),
            H2ValueCases.all(),
            H2Cases.all(),
            H2StreamCases.all(),
            H2AnswerCases.all(),
            H2FailureCases.all(),
            H2LimitCases.all(),
            H2AttackCases.all(),
            H2cUpstreamCases.all(),
            onThePortThatSpeaksBoth())
        .flatMap(List::stream)
        .toList();
  }

  /** HTTP/1.1 must be judged as strictly where the preface of HTTP/2 is looked for first. */
  private static List<Case> onThePortThatSpeaksBoth() {
    return Stream.of(
            RequestFramingCases.all(),
            SmugglingCases.all(),
            LimitCases.all(),
            TimeoutCases.all(),
            NoTimeoutCases.all())
        .flatMap(List::stream)
        .map(row -> row.with("http.h2c", "true").named("h2c-port/" + row.name()))
        .toList();
  }
}
