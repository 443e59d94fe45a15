package dev.sluice.rdap;

import static dev.sluice.Answers.answer;
import static dev.sluice.Answers.bytes;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import dev.sluice.RawServer.Script;
import dev.sluice.TestClient;
import dev.sluice.dns.DomainName;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/** A scripted registry of .test, the list that names it, and a client. */
final class ScriptedRegistry implements AutoCloseable {
  static final String LIST = "/dns.json";
  static final DomainName NAME = DomainName.of("await.test");

  final RawServer server;
  final TestScheduler clock;
  final Policy policy;
  final Rdap rdap;
  private final TestClient client;

  ScriptedRegistry(UnaryOperator<Policy> change, Script domains) {
    this(change, exchange -> exchange.send(json(list(exchange.head()))), domains);
  }

  ScriptedRegistry(UnaryOperator<Policy> change, Script list, Script domains) {
    server =
        RawServer.answering(
            exchange -> {
              Script script = exchange.path().equals(LIST) ? list : domains;
              script.answer(exchange);
            });
    client = new TestClient(Policy.limit(4), change);
    clock = client.clock();
    policy = client.policy();
    RdapOptions options = RdapOptions.of(policy);
    rdap =
        Rdap.at(
            server.base().resolve(LIST),
            options.withHttp(options.http().withMaxBodyBytes(100_000)));
  }

  static ScriptedRegistry saying(byte[] answer) {
    return new ScriptedRegistry(policy -> policy, exchange -> exchange.send(answer));
  }

  /** The outcome of {@link #NAME}. */
  Outcome<DomainName, Registration> probed() {
    return rdap.lookups().run(NAME).test().awaitDone(10, SECONDS).assertComplete().values().get(0);
  }

  IOException failure() {
    Outcome<DomainName, Registration> outcome = probed();
    if (outcome instanceof Failure<DomainName, Registration> failure) {
      return failure.cause();
    }
    throw new AssertionError("no failure: " + outcome);
  }

  /** The message of the failure, with {@code SERVER} for host and port. */
  String said() {
    return String.valueOf(failure().getMessage()).replace(server.authority(), "SERVER");
  }

  /** The paths of the requests, without those for the list. */
  List<String> asked() {
    return server.paths().stream().filter(path -> !path.equals(LIST)).toList();
  }

  static byte[] json(String json) {
    return answer("200 OK", bytes(json), "Content-Type: application/rdap+json");
  }

  static byte[] domain(String members) {
    return json("{\"objectClassName\":\"domain\",\"ldhName\":\"AWAIT.TEST\"" + members + "}");
  }

  /** The list of registries, which names the host of the request. */
  private static String list(List<String> head) {
    String host =
        head.stream()
            .filter(line -> line.startsWith("Host: "))
            .map(line -> line.substring("Host: ".length()))
            .findFirst()
            .orElseThrow();
    return "{\"services\":[[[\"test\",\"xn--zckzah\"],[\"http://" + host + "/rdap/\"]]]}";
  }

  /** Waits until every permit is back and every network thread is done. */
  void awaitIdle() {
    client.awaitIdle();
  }

  @Override
  public void close() {
    rdap.close();
    server.close();
    awaitIdle();
  }
}
