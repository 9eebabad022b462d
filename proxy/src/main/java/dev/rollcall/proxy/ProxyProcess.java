package dev.rollcall.proxy;

import dev.rollcall.discovery.Endpoint;
import dev.rollcall.proxy.accesslog.AccessLog;
import dev.rollcall.proxy.admin.AdminOptions;
import dev.rollcall.proxy.admin.AdminParts;
import dev.rollcall.proxy.balance.Policies;
import dev.rollcall.proxy.balance.ServicePolicies;
import dev.rollcall.proxy.balance.StickyKey;
import dev.rollcall.proxy.forward.ForwardContext;
import dev.rollcall.proxy.forward.message.TargetPath;
import dev.rollcall.proxy.register.RegisterOptions;
import dev.rollcall.proxy.register.RegisterRoutes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One proxy, from its options to its end: first it listens, so that upstreams of the settings are
 * served at once; then it joins the cluster, and hears who answers the roll.
 */
final class ProxyProcess {

  /**
   * What was bound.
   *
   * @param clients in clear text, then, if there is TLS, that of HTTPS
   * @param admin of the dashboard
   * @param register of registrations, or -1
   */
  record Ports(List<Integer> clients, int admin, int register) {}

  private static final Logger LOG = Logger.getLogger(ProxyProcess.class.getName());

  private final ProxyOptions options;
  private final String version;
  private final TransportChoice transport;
  private final TrafficPlane traffic;
  private final ControlPlane control;
  private final RollVerticle roll;
  private final Membership membership;
  private final ServicePolicies policies;
  private final AccessLog accessLog;
  private final RegisterRoutes registrations;
  private final FirstMoments first;
  private volatile @Nullable ForwardContext forwarding;

  /** Opens both planes; nothing listens yet. */
  ProxyProcess(ProxyOptions options, String version) {
    this.options = options;
    this.version = version;
    this.transport = options.traffic().choose();
    this.traffic = TrafficPlane.open(transport, options.listen(), options.traffic().workers());
    this.control = ControlPlane.open(options.cluster());
    this.roll =
        new RollVerticle(
            options.roll(), options::health, options.namedUpstreams(), options.cluster().secrets());
    this.membership = new Membership(control, roll, options, version);
    this.first = new FirstMoments(membership::isDecided, System::nanoTime);
    this.registrations = new RegisterRoutes(membership::registrar);
    StickyKey key = StickyKey.of(options.cluster().firstSecret());
    // Not System.out, which keeps to itself that nobody reads any more.
    this.accessLog = AccessLog.to(new FileOutputStream(FileDescriptor.out), options.accessLog());
    this.policies = new ServicePolicies(new Policies(key), options.policy(), options.ownPolicies());
  }

  /**
   * Begins to play what clients will ask, unless the settings say no.
   *
   * @param patience how long listening may wait for the first of it
   * @return never fails: done when it need not wait any longer
   */
  Future<Void> rehearse(Duration patience) {
    return options.traffic().rehearsal()
        ? first.rehearse(TrafficPlane.vertx(transport, 1), patience)
        : Future.succeededFuture();
  }

  /**
   * Serves the upstreams of the settings.
   *
   * @return fails with {@link StartFault} where a setting can help
   */
  Future<Ports> listen() {
    LOG.info(
        ProxyOptions.PROGRAM.name()
            + " "
            + version
            + ", "
            + options.traffic().workers()
            + " workers on "
            + transport);
    Future<Ports> listening =
        control.vertx().deployVerticle(roll).compose(deployed -> listen(forwarding()));
    // Off the control plane's loop: it ends when joining fails, and what waits on it is never told.
    return Future.fromCompletionStage(listening.toCompletionStage());
  }

  private Future<Ports> listen(ForwardContext forwarding) {
    return listenForTraffic(forwarding)
        .compose(
            clients ->
                listenForOperators(forwarding)
                    .compose(
                        admin ->
                            listenForPrograms()
                                .map(register -> new Ports(clients, admin, register))));
  }

  private ForwardContext forwarding() {
    ForwardContext made =
        ForwardContext.of(
            roll.roll(),
            roll.witness(),
            policies,
            options.forward(),
            accessLog,
            options.traffic().workers());
    first.arrive(made);
    first.watch(roll.roll());
    forwarding = made;
    return made;
  }

  /**
   * Takes other settings into use while requests run, as far as they can change alive; any thread,
   * once this listens.
   */
  Future<Void> change(ProxyOptions next) {
    policies.change(next.policy(), next.ownPolicies());
    ForwardContext listening = forwarding;
    if (listening != null) {
      listening.change(next.forward());
    }
    return roll.change(next.roll(), next::health, next.namedUpstreams());
  }

  /** Where work that blocks, and what watches, may run. */
  Vertx vertx() {
    return control.vertx();
  }

  private Future<List<Integer>> listenForTraffic(ForwardContext forwarding) {
    return traffic
        .listen(forwarding, options.drainTimeout())
        .recover(why -> Future.failedFuture(options.listen().explain(why)))
        .onSuccess(ports -> LOG.info("listening on " + options.listen().urls(ports)));
  }

  private Future<Integer> listenForOperators(ForwardContext forwarding) {
    AdminParts parts =
        new AdminParts(
            roll.report(),
            membership::override,
            policies,
            TargetPath::normalized,
            List.of(new EngineMetrics(forwarding, accessLog::dropped)),
            registrations,
            version);
    AdminOptions admin = options.admin();
    AdminVerticle verticle = new AdminVerticle(admin, parts);
    return control
        .vertx()
        .deployVerticle(verticle)
        .recover(
            why ->
                Future.failedFuture(StartFault.of(why, "admin.port", admin.host(), admin.port())))
        .map(deployed -> verticle.port())
        .onSuccess(
            port ->
                LOG.info(
                    "dashboard on http://" + ListenOptions.browsable(admin.host(), port) + "/"));
  }

  private Future<Integer> listenForPrograms() {
    RegisterOptions own = options.register();
    Integer port = own.port();
    if (port == null) {
      return Future.succeededFuture(-1);
    }
    RegisterVerticle verticle = new RegisterVerticle(own, port, registrations);
    return control
        .vertx()
        .deployVerticle(verticle)
        .recover(why -> Future.failedFuture(StartFault.of(why, "register.port", own.host(), port)))
        .map(deployed -> verticle.port())
        .onSuccess(
            bound ->
                LOG.info(
                    "registrations on http://" + ListenOptions.browsable(own.host(), bound) + "/"));
  }

  /**
   * Serves those who register, too.
   *
   * @return where the cluster finds this proxy; fails with {@link StartFault} where a setting can
   *     help, and when this was stopped first
   */
  Future<Endpoint> join() {
    return membership.join().onSuccess(joined -> first.joined(control.vertx()));
  }

  /** Finishes what is under way, lets nobody wait for this proxy, and leaves the cluster. */
  Future<Void> stop() {
    membership.giveUp();
    first.end();
    return traffic
        .close()
        .eventually(membership::leave)
        .eventually(control::close)
        .eventually(
            () -> {
              accessLog.close();
              return Future.succeededFuture();
            });
  }
}
