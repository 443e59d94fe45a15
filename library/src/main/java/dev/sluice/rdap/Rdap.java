package dev.sluice.rdap;

import static java.util.Objects.requireNonNull;

import dev.sluice.Outcome;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.Work;
import dev.sluice.dns.BadNameException;
import dev.sluice.dns.DomainName;
import dev.sluice.http.HttpClient;
import dev.sluice.http.StatusException;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import java.net.URI;
import okhttp3.HttpUrl;

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
 * server that the list of RFC 9224 names for it answered 404, without a redirect to another server.
 * Everything else (429, 5xx, no server for the top-level domain, an answer that is no RDAP) is a
 * failure. Ask for names as they are registered: {@code await.dev}, not {@code www.await.dev}.
 *
 * <p>If the limiter has {@linkplain dev.sluice.Lanes lanes}, each top-level domain is one.
 *
 * <p>Instances are safe for use by several threads. {@link #close} cancels what is under way.
 */
public final class Rdap implements AutoCloseable {
  /** IANA's list of the registries of all top-level domains. */
  public static final URI IANA = URI.create("https://data.iana.org/rdap/dns.json");

  private static final int NOT_FOUND = 404;

  private final HttpClient client;
  private final RdapApi api;
  private final RdapBootstrap bootstrap;
  private final Pipeline<DomainName, Registration> lookups;
  private final Pipeline<String, Registration> lookupsOfText;

  private Rdap(URI source, RdapOptions options) {
    Policy policy = options.policy();
    // The base URL is not used: every request has its own URL.
    client = HttpClient.at(RdapBootstrap.isFile(source) ? IANA : source, policy, options.http());
    api = client.api(RdapApi.class);
    bootstrap = new RdapBootstrap(source, options, api);
    Work<DomainName, Registration> work = this::registration;
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
   */
  public static Rdap at(URI bootstrap, RdapOptions options) {
    return new Rdap(requireNonNull(bootstrap, "bootstrap"), requireNonNull(options, "options"));
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

  /** Closes the connections. Lookups under way, and later ones, fail. */
  @Override
  public void close() {
    client.close();
  }

  private Maybe<Registration> registration(DomainName name) {
    return bootstrap.serverOf(name).flatMapMaybe(server -> registration(name, server));
  }

  private Maybe<Registration> registration(DomainName name, HttpUrl server) {
    // The empty segment adds the slash at the end of the base, if the list left it out.
    HttpUrl url = server.newBuilder().addPathSegment("").addPathSegments("domain/" + name).build();
    return RdapAnswer.of(api, url.toString())
        .map(answer -> RegistrationReader.read(name, answer))
        .toMaybe()
        .onErrorResumeNext(e -> verdict(name, url, e));
  }

  private static Maybe<Registration> verdict(DomainName name, HttpUrl asked, Throwable e) {
    // RFC 7480, section 5.3: 404 alone says that there is no such domain.
    // 404 alone: 410 says that something was there once, not that the name is free.
    if (!(e instanceof StatusException status) || status.status() != NOT_FOUND) {
      return Maybe.error(e);
    }
    HttpUrl answered = HttpUrl.get(status.url());
    return isSameServer(asked, answered)
        ? Maybe.empty()
        : Maybe.error(
            new RdapException(
                name + ": not an answer of " + asked.host() + ": " + e.getMessage(), e));
  }

  /** Whether host and port are the same; a redirect from http to https counts as the same. */
  private static boolean isSameServer(HttpUrl asked, HttpUrl answered) {
    return asked.host().equals(answered.host())
        && (asked.port() == answered.port() || (asked.port() == 80 && answered.port() == 443));
  }
}
