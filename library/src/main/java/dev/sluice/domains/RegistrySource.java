package dev.sluice.domains;

import static java.util.Objects.requireNonNull;

import dev.sluice.Outcome;
import dev.sluice.Pipeline;
import dev.sluice.dns.DomainName;
import dev.sluice.domains.Evidence.Source;
import dev.sluice.rdap.Rdap;
import dev.sluice.rdap.RdapQuestion;
import dev.sluice.rdap.Registration;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.net.URI;
import okhttp3.HttpUrl;

/** Asks the registries, each in its lane. */
final class RegistrySource implements EvidenceSource {
  private final Rdap rdap;
  private final Pipeline<RdapQuestion, Registration> questions;

  RegistrySource(Rdap rdap, RegistryRates rates) {
    this.rdap = rdap;
    questions = rdap.questions(rates::lane);
  }

  @Override
  public Flowable<Evidence> ask(DomainName domain) {
    return rdap.question(domain)
        .flatMap(this::asked)
        .onErrorResumeNext(e -> noServer(domain, e))
        .toFlowable();
  }

  private Single<Evidence> asked(RdapQuestion question) {
    return questions.run(question).map(outcome -> evidence(question, outcome));
  }

  private static Evidence evidence(
      RdapQuestion question, Outcome<RdapQuestion, Registration> outcome) {
    return outcome.fold(
        success ->
            of(question, RegistryStatus.finding(success.value()), said(success.value(), question)),
        absent -> of(question, Finding.NOT_REGISTERED, "404 Not Found" + word(question)),
        failure -> of(question, Finding.NO_ANSWER, String.valueOf(failure.cause().getMessage())));
  }

  private static String said(Registration registration, RdapQuestion question) {
    StringBuilder said = new StringBuilder("200 OK");
    if (!registration.statuses().isEmpty()) {
      said.append(": ").append(String.join(", ", registration.statuses()));
    }
    registration.expiry().ifPresent(expiry -> said.append(", until ").append(expiry));
    if (!registration.evidence().equals(question.url())) {
      said.append(", says ").append(registration.evidence());
    }
    return said.append(word(question)).toString();
  }

  /** How the list of registries was had, unless as usual. */
  private static String word(RdapQuestion question) {
    return question.list().contains(" ") ? ", " + question.list() : "";
  }

  private static Evidence of(RdapQuestion question, Finding finding, String said) {
    return Evidence.now(
        Source.REGISTRY, server(question.server()), question.toString(), finding, said);
  }

  /** A {@code URI} has no host if that has an underscore; a {@code HttpUrl} has. */
  private static String server(URI server) {
    HttpUrl url = requireNonNull(HttpUrl.get(server), "server");
    String host = url.host().indexOf(':') < 0 ? url.host() : "[" + url.host() + "]";
    return url.port() == HttpUrl.defaultPort(url.scheme()) ? host : host + ":" + url.port();
  }

  private static Single<Evidence> noServer(DomainName domain, Throwable e) {
    return e instanceof IOException
        ? Single.just(
            Evidence.now(
                Source.REGISTRY,
                "the list of registries",
                domain.value(),
                Finding.NO_ANSWER,
                String.valueOf(e.getMessage())))
        : Single.error(e);
  }
}
