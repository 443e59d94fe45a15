package dev.sluice.domains;

import dev.sluice.dns.DnsOptions;
import dev.sluice.dns.DomainName;
import dev.sluice.dns.RecordAnswer;
import dev.sluice.domains.Evidence.Source;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;

/** Evidence from name servers. */
final class DnsEvidence {
  private DnsEvidence() {}

  static Evidence of(Source source, RecordAnswer answer, Finding finding, String said) {
    return Evidence.now(
        source,
        DnsOptions.serverText(answer.server()),
        question(answer.question().name()),
        finding,
        said);
  }

  /** An {@code IOException} proves nothing; any other error is a bug. */
  static Single<Evidence> noAnswer(Source source, String server, DomainName domain, Throwable e) {
    return e instanceof IOException
        ? Single.just(
            Evidence.now(
                source,
                server,
                question(domain),
                Finding.NO_ANSWER,
                String.valueOf(e.getMessage())))
        : Single.error(e);
  }

  static String question(DomainName domain) {
    return domain + " NS";
  }
}
