package dev.sluice.rdap;

import static java.util.Objects.requireNonNull;

import dev.sluice.Outcome;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.Work;
import dev.sluice.dns.BadNameException;
import dev.sluice.dns.DomainName;
import dev.sluice.http.HttpClient;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;

/**
 * Registered domains, asked of the registries (RDAP: RFC 9082 and RFC 9083).
 *
 * <pre>{@code
 * try (Rdap rdap = Rdap.standard()) {
 *   rdap.probeAll(Flowable.just("await.dev", "for.dev")).blockingForEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>A registered domain is a success. A domain that is not registered is <i>not found</i>: the
 * server that the list of RFC 9224 names for it answered 404, without a redirect to another server,
 * and without a body that says otherwise. Everything else (429, 5xx, no server for the top-level
 * domain, an answer that is no RDAP) is a failure. Ask for names as they are registered: {@code
 * await.dev}, not {@code www.await.dev}.
 *
 * <p>If the limiter has {@linkplain dev.sluice.Lanes lanes}, each top-level domain is one.
 *
 * <p>Instances are safe for use by several threads. {@link #close} cancels what is under way.
 */
public final class Rdap implements AutoCloseable {
  /** IANA's list of the registries of all top-level domains. */
  public static final URI IANA = URI.create("https://data.iana.org/rdap/dns.json");

  private final HttpClient client;
  private final RdapCalls calls;
  private final Policy policy;
  private final RdapBootstrap bootstrap;
  private final Pipeline<DomainName, Registration> lookups;
  private final Pipeline<String, Registration> lookupsOfText;

  private Rdap(URI source, RdapOptions options) {
    policy = options.policy();
    // The base URL is not used: every request has its own URL.
    client = HttpClient.at(RdapBootstrap.isFile(source) ? IANA : source, policy, options.http());
    calls = new RdapCalls(client, options.http().maxBodyBytes());
    bootstrap = new RdapBootstrap(source, options, calls);
    Work<DomainName, Registration> work = name -> registration(name);
    lookups =
        Pipeline.of(
            policy,
            work.withTarget(name -> "the registry of " + name.topLevel())
                .withLane(DomainName::topLevel));
    lookupsOfText = lookups.parsing(DomainName::parse);
  }

  /** {@return lookups with the list of IANA and the {@linkplain RdapOptions#standard options}} */
  public static Rdap standard() {
    return at(IANA, RdapOptions.standard());
  }

  /**
   * {@return lookups with this list of registries}
   *
   * <p>The list is fetched when it is first needed, once for all lookups, and again after 24 hours.
   *
   * @param bootstrap the list in the format of RFC 9224: a file, or an http or https URL without a
   *     query
   * @param options how many at once, timeouts, retries and HTTP options
   * @throws IllegalArgumentException if the list is neither such a file nor such a URL, or there is
   *     another file or a folder in the place of the cache
   */
  public static Rdap at(URI bootstrap, RdapOptions options) {
    RdapBootstrap.check(bootstrap);
    Path cache = requireNonNull(options, "options").cache();
    if (cache != null && !RdapBootstrap.mayKeepIn(cache)) {
      throw new IllegalArgumentException(
          "cache: " + cache + ", must be a new file, or one that keeps a list of registries");
    }
    return new Rdap(bootstrap, options);
  }

  /** {@return the lookups as a pipeline: one name, many names, in order or as they complete} */
  public Pipeline<DomainName, Registration> lookups() {
    return lookups;
  }

  /**
   * {@return the lookups as a pipeline for names as people type them}
   *
   * <p>The key of an outcome is the text as it was given. A text that is no name is a failure with
   * a {@link BadNameException} and no attempt.
   */
  public Pipeline<String, Registration> lookupsOfText() {
    return lookupsOfText;
  }

  /**
   * {@return the outcomes of many names as they complete; the key is the text as it was given}
   *
   * <p>Short for {@code lookupsOfText().runAll(names)}. <b>Backpressure:</b> honoured; no more
   * texts are pulled than the policy's window has room for. <b>Scheduler:</b> an outcome comes on
   * the network scheduler, or on the timer when a timeout passed. <b>Failure:</b> a value; only a
   * bug, or an error of the source, goes to {@code onError}. <b>Cancellation:</b> cancels the calls
   * and gives their permits back.
   *
   * @param names any number of names, as they are registered; a name given twice is asked for twice
   */
  public Flowable<Outcome<String, Registration>> probeAll(Flowable<String> names) {
    return lookupsOfText.runAll(requireNonNull(names, "names"));
  }

  /**
   * {@return the question about a name: which server its registry has, cold}
   *
   * <p>The list of registries is fetched when it is first needed. <b>Scheduler:</b> the network
   * scheduler, the disk scheduler for a list in a file, or the caller's thread. <b>Failure:</b> an
   * {@link RdapException} if the list has no server for the name, and an {@code IOException} if
   * there is no list. <b>Cancellation:</b> cancels the fetching of the list, unless it is needed
   * for another name.
   *
   * @param name a domain as it is registered
   */
  public Single<RdapQuestion> question(DomainName name) {
    return bootstrap.question(requireNonNull(name, "name"));
  }

  /**
   * {@return lookups of questions, which know their server before they wait for their lane}
   *
   * @param lane names the lane of a question: its server, for one, because many top-level domains
   *     share theirs
   */
  public Pipeline<RdapQuestion, Registration> questions(Function<? super RdapQuestion, ?> lane) {
    requireNonNull(lane, "lane");
    Work<RdapQuestion, Registration> work = this::registration;
    return Pipeline.of(policy, work.withLane(lane));
  }

  /** {@return the policy of these lookups} */
  public Policy policy() {
    return policy;
  }

  /** Closes the connections. Lookups under way, and later ones, fail. */
  @Override
  public void close() {
    client.close();
  }

  private Maybe<Registration> registration(DomainName name) {
    return question(name).flatMapMaybe(this::registration);
  }

  private Maybe<Registration> registration(RdapQuestion question) {
    return calls
        .get(RdapCalls.request(question.httpUrl()).build(), Set.of(RdapAnswer.NOT_FOUND))
        .flatMapMaybe(answer -> registration(question, answer));
  }

  private static Maybe<Registration> registration(RdapQuestion question, RdapAnswer answer)
      throws IOException {
    if (answer.status() != RdapAnswer.NOT_FOUND) {
      return Maybe.just(RegistrationReader.read(question, answer));
    }
    String objection = objection(question, answer);
    return objection.isEmpty()
        ? Maybe.empty()
        : Maybe.error(
            new RdapException(
                question.name() + ": " + objection + ": GET " + answer.url() + ": 404", null));
  }

  /**
   * Why a 404 does not say that there is no such domain (RFC 7480, section 5.3); empty if it does.
   * Only 404 can: 410 says that something was there once, not that the name is free.
   */
  private static String objection(RdapQuestion question, RdapAnswer answer) {
    if (!answer.isOf(question.httpUrl())) {
      return "not an answer of " + question.httpUrl().host();
    }
    if (!answer.isJson() || answer.json().isValueNode() || answer.json().isArray()) {
      return "a 404 whose body is no RDAP";
    }
    if (answer.isOtherError(RdapAnswer.NOT_FOUND) || answer.json().has("objectClassName")) {
      return "a 404 whose body says otherwise";
    }
    return question.isAuthoritative()
        ? ""
        : "a 404 of a server that may not be the registry's any more, " + question.list();
  }
}
