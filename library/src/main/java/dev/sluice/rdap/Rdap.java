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
import io.reactivex.rxjava3.core.Single;
import java.net.URI;
import okhttp3.HttpUrl;

/**
 * Which domains are registered, from the registries themselves (RDAP: RFC 9082 and 9083).
 *
 * <pre>{@code
 * try (Rdap rdap = Rdap.standard()) {
 *   rdap.probeAll(Flowable.just("await.dev", "for.dev")).blockingForEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>A success is a registered domain. <i>Not found</i> is one that is not registered, and only a
 * 404 from the very server that the list of RFC 9224 names for the domain above says so: not one
 * that a redirect led to elsewhere. Everything else (429, 5xx, no server for the top-level domain,
 * an answer that is no RDAP) is a failure: unknown. Ask for names as they are registered, {@code
 * await.dev}: a registry has never heard of {@code www.await.dev}.
 */
public final class Rdap implements AutoCloseable {
  /** The list that IANA keeps of all registries of top-level domains. */
  public static final URI IANA = URI.create("https://data.iana.org/rdap/dns.json");

  private final HttpClient client;
  private final RdapApi api;
  private final RdapBootstrap bootstrap;
  private final Pipeline<DomainName, Registration> registrations;
  private final Pipeline<String, Registration> typed;

  private Rdap(URI source, RdapOptions options) {
    Policy policy = options.policy();
    // The base counts for nothing: every request has a URL of its own.
    client = HttpClient.at(RdapBootstrap.isFile(source) ? IANA : source, policy, options.http());
    api = client.api(RdapApi.class);
    bootstrap = new RdapBootstrap(source, options, api);
    Work<DomainName, Registration> work = this::registration;
    registrations =
        Pipeline.of(policy, work.withTarget(name -> "the registry of " + name.topLevel()));
    typed = registrations.parsing(DomainName::parse);
  }

  /** {@return the registries that IANA lists, asked as {@link RdapOptions#standard()} says} */
  public static Rdap standard() {
    return at(IANA, RdapOptions.standard());
  }

  /**
   * {@return the registries of this list; it is fetched when first needed, shared by all who wait
   * for it, and fetched again when it is needed after 24 h}
   *
   * @param bootstrap the list as of RFC 9224: a file, or an http or https URL without a query
   * @param options how they are asked
   */
  public static Rdap at(URI bootstrap, RdapOptions options) {
    return new Rdap(requireNonNull(bootstrap, "bootstrap"), requireNonNull(options, "options"));
  }

  /**
   * {@return what became of one name, cold: nobody is asked before somebody subscribes}
   *
   * <p><b>Scheduler:</b> the outcome comes on the network scheduler, or on the timer when a clock
   * ran out. <b>Failure:</b> a value; only a bug goes to {@code onError}. <b>Cancellation:</b>
   * cancels the call and gives its permit back.
   *
   * @param name which, as it is registered
   */
  public Single<Outcome<DomainName, Registration>> probe(DomainName name) {
    return registrations.run(name);
  }

  /**
   * {@return what became of many names, as they come; each outcome has the text as it was given}
   *
   * <p>A text that is no name is a failure with a {@link BadNameException} and no attempt.
   * <b>Backpressure:</b> honoured; no more texts are pulled than the policy's window has room for.
   * <b>Scheduler, failure, cancellation:</b> as for {@link #probe}; an error of the source goes to
   * {@code onError} and disposes the rest.
   *
   * @param names which, in any number; the same one twice is asked for twice
   */
  public Flowable<Outcome<String, Registration>> probeAll(Flowable<String> names) {
    return typed.runAll(requireNonNull(names, "names"));
  }

  /**
   * {@return what became of many names, in the order of the names}
   *
   * <p><b>Backpressure:</b> honoured; no more texts are pulled than the policy's window has room
   * for. <b>Scheduler, failure, cancellation:</b> as for {@link #probeAll}.
   *
   * @param names which, in any number; the same one twice is asked for twice
   */
  public Flowable<Outcome<String, Registration>> probeInOrder(Flowable<String> names) {
    return typed.runInOrder(requireNonNull(names, "names"));
  }

  /** Cancels the calls under way, each of which fails, and closes the connections. */
  @Override
  public void close() {
    client.close();
  }

  private Maybe<Registration> registration(DomainName name) {
    return bootstrap.serverOf(name).flatMapMaybe(server -> registration(name, server));
  }

  private Maybe<Registration> registration(DomainName name, HttpUrl server) {
    // An empty segment is the slash at the end, which the list should have but may have forgotten.
    HttpUrl url = server.newBuilder().addPathSegment("").addPathSegments("domain/" + name).build();
    return RdapAnswer.of(api, url.toString())
        .map(answer -> RegistrationReader.read(name, answer))
        .toMaybe()
        .onErrorResumeNext(e -> verdict(name, url, e));
  }

  private static Maybe<Registration> verdict(DomainName name, HttpUrl asked, Throwable e) {
    // RFC 7480, section 5.3: 404 alone says that there is no such domain.
    if (!(e instanceof StatusException status) || status.status() != 404) {
      return Maybe.error(e);
    }
    HttpUrl answered = HttpUrl.get(status.url());
    return isSameServer(asked, answered)
        ? Maybe.empty()
        : Maybe.error(
            new RdapException(
                name + ": only " + asked.host() + " can say that: " + e.getMessage(), e));
  }

  /** The same host and port, or what was asked by http was answered by https. */
  private static boolean isSameServer(HttpUrl asked, HttpUrl answered) {
    return asked.host().equals(answered.host())
        && (asked.port() == answered.port() || (asked.port() == 80 && answered.port() == 443));
  }
}
