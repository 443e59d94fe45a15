package dev.sluice.samples.walkthrough;

import com.sun.management.OperatingSystemMXBean;
import dev.sluice.Resource;
import dev.sluice.Work;
import dev.sluice.samples.servers.http.HttpServer;
import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.servers.races.RaceRules;
import dev.sluice.samples.servers.races.RaceServer;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;

/** Runs the races of {@link EasyRacer}, against a server of its own unless it gets one. */
@Command(
    name = "easyracer",
    description = "Eleven races of requests: cancelled losers, timeouts, a hedge, resources, load.")
public final class EasyRacerCommand extends TimeScaledCommand {
  @Option(
      names = "--base",
      paramLabel = "URL",
      converter = OptionTypes.BaseUrl.class,
      showDefaultValue = Help.Visibility.NEVER,
      description = "A race server, such as http://127.0.0.1:8004; without it, one of its own.")
  private Optional<URI> base = Optional.empty();

  @Option(
      names = "--crowd",
      paramLabel = "N",
      defaultValue = "10000",
      converter = OptionTypes.OneToHundredThousand.class,
      description = "How many requests race 3 sends; a server in this process doubles the sockets.")
  private int crowd;

  private volatile int status;

  public static void main(String... args) {
    launch(new EasyRacerCommand(), args);
  }

  @Override
  Completable run(SampleContext context) {
    RaceRules rules = RaceRules.standard().withCrowd(crowd).withTimer(context.loop());
    Resource<HttpServer> server =
        Resource.of(() -> RaceServer.start(HttpServerSettings.onLoopback(), rules));
    return base.map(uri -> races(uri, context))
        .orElseGet(
            () -> server.use(own -> races(own.uri(), context).toFlowable()).ignoreElements());
  }

  @Override
  int status() {
    return status;
  }

  private Completable races(URI server, SampleContext context) {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    EasyRacer races =
        new EasyRacer(
            server,
            http,
            crowd,
            context.loop(),
            Work.blocking(EasyRacerCommand::compute),
            EasyRacerCommand::load);
    return Flowable.range(1, 11)
        .concatMapSingle(n -> races.run(n).doOnSuccess(r -> context.print("race " + n + ": " + r)))
        .filter(result -> !result.equals("right"))
        .doOnNext(lost -> status = 1)
        .ignoreElements();
  }

  private static String compute(String key) {
    while (!Thread.currentThread().isInterrupted() && CheckedNumber.isPrime(299_593_572_317_531L)) {
      // Once more, until the disposal of this work interrupts the thread.
    }
    return key;
  }

  /** How many processors this process has kept busy since the last call. */
  private static double load() {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return Math.max(0, system.getProcessCpuLoad() * system.getAvailableProcessors());
  }
}
