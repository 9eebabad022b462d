package dev.rollcall.proxy.conformance;

import static dev.rollcall.proxy.conformance.Checks.body;
import static dev.rollcall.proxy.conformance.Checks.problem;
import static dev.rollcall.proxy.conformance.Checks.status;
import static dev.rollcall.proxy.conformance.Reachable.Kind.REFUSING;
import static dev.rollcall.proxy.conformance.Reachable.Kind.SERVING;
import static dev.rollcall.proxy.conformance.RetryCases.allBodies;
import static dev.rollcall.proxy.conformance.RetryCases.request;
import static dev.rollcall.proxy.conformance.Steps.answer;
import static dev.rollcall.proxy.conformance.Steps.close;
import static dev.rollcall.proxy.conformance.Steps.readHead;
import static dev.rollcall.proxy.conformance.UpstreamChecks.requests;

import java.util.ArrayList;
import java.util.List;

/** What the settings say of tries (contract, {@code retry.*}). */
final class RetrySettingCases {

  private static final String RULE = "issue 5: retry.*";
  private static final String BUSY =
      "HTTP/1.1 503 Busy\r\nX-From: first\r\nContent-Length: 4\r\n\r\nbusy";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private RetrySettingCases() {}

  static List<Case> all() {
    List<Case> rows = new ArrayList<>();
    rows.add(
        Case.of("retry/status-named", RULE, request("GET", ""))
            .facing(SERVING, SERVING)
            .with("retry.statuses", "502,503")
            .exchange(answer(BUSY))
            .exchange(answer(OK))
            .expect(status(200), body("ok"), Checks.noField("X-From"), requests(2)));
    rows.add(
        Case.of("retry/status-with-a-body", RULE, request("PUT", "hello"))
            .facing(SERVING, SERVING)
            .with("retry.statuses", "503")
            .exchange(answer(BUSY))
            .exchange(answer(OK))
            .expect(status(200), requests(2), allBodies("hello")));
    rows.add(
        Case.of("retry/status-of-an-unsafe-method", RULE, request("POST", "hello"))
            .facing(SERVING, SERVING)
            .with("retry.statuses", "503")
            .exchange(answer(BUSY))
            .expect(status(503), body("busy"), requests(1)));
    rows.add(
        Case.of("retry/status-not-named", RULE, request("GET", ""))
            .facing(SERVING, SERVING)
            .with("retry.statuses", "502")
            .exchange(answer(BUSY))
            .expect(status(503), body("busy"), requests(1)));
    rows.add(
        Case.of("retry/status-of-the-only-one", RULE, request("GET", ""))
            .with("retry.statuses", "503")
            .exchange(answer(BUSY))
            .expect(status(503), body("busy"), requests(1)));
    rows.add(
        Case.of("retry/status-of-all", RULE, request("GET", ""))
            .facing(SERVING, SERVING)
            .with("retry.statuses", "503")
            .exchange(answer(BUSY))
            .exchange(answer(BUSY))
            .expect(status(503), body("busy"), requests(2)));
    rows.add(
        Case.of("retry/none-wanted", RULE, request("GET", ""))
            .facing(SERVING, SERVING)
            .with("retry.tries", "0")
            .exchange(readHead(), close())
            .expect(problem(502), requests(1)));
    rows.add(
        Case.of("retry/none-wanted-but-nobody-read-it", RULE, request("POST", "hello").repeat(2))
            .facing(REFUSING, SERVING)
            .with("retry.tries", "0")
            .answers(2)
            .expect(Checks.statuses(200, 200), requests(2)));
    rows.add(
        Case.of("retry/no-budget", RULE, request("GET", ""))
            .facing(SERVING, SERVING)
            .with("retry.budget", "0")
            .with("retry.budget-min", "0")
            .exchange(readHead(), close())
            .expect(problem(502), requests(1)));
    return rows;
  }
}
