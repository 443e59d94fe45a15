package dev.sluice.samples.domains;

import dev.sluice.Limiter;
import dev.sluice.Pipeline;
import dev.sluice.dns.Answer;
import dev.sluice.dns.Domains;
import dev.sluice.dns.RecordKind;
import dev.sluice.dns.Resolver;
import dev.sluice.dns.Wildcards;
import dev.sluice.journal.JournalCodec;
import dev.sluice.samples.apps.LaneOptions;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The options of a probe that asks name servers. */
final class DnsProbeOptions {
  @Mixin private final DnsQueryOptions servers = new DnsQueryOptions();

  @Option(
      names = "--wildcards",
      description =
          "Mark names that may exist only because of a wildcard. Needs up to three more queries for"
              + " each parent domain, and one for each further kind of label, such as with digits.")
  private boolean wildcards;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      converter = ProbeConverters.Kind.class,
      description =
          "Show the records of this type: A, AAAA, CNAME, NS, MX, TXT, SOA or CAA. Default: the"
              + " addresses of --types.")
  private @Nullable RecordKind type;

  private record DnsProbes(Domains domains, Limiter limiter, ResolverOptions.Open open)
      implements DnsLookup<Answer> {
    @Override
    public ResultFields<Answer> evidence() {
      return new DnsResultFields();
    }

    @Override
    public Pipeline<String, Answer> pipeline() {
      return domains.probesOfText();
    }

    @Override
    public JournalCodec<String, Answer> journalCodec() {
      return Domains.journalCodec();
    }
  }

  void check(ParseResult given) {
    for (String option : List.of("--types", "--wildcards")) {
      if (type != null && given.hasMatchedOption(option)) {
        throw new IllegalArgumentException("--type and " + option + ": allowed is one of them");
      }
    }
    servers.check();
  }

  Limiter limiter(LimitOptions limits, LaneOptions lanes) {
    return lanes.limiterWithoutHosts(DnsQueryOptions.concurrency(limits));
  }

  NameLookup<?> open(LimitOptions limits, Limiter limiter) throws IOException {
    ResolverOptions.Open open = servers.open(limits);
    if (type != null) {
      return new RecordProbes(type, limiter, open);
    }
    Resolver resolver = wildcards ? Wildcards.checking(open.resolver()) : open.resolver();
    return new DnsProbes(Domains.of(resolver, DnsQueryOptions.policy(limiter)), limiter, open);
  }
}
