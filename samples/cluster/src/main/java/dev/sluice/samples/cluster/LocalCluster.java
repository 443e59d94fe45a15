package dev.sluice.samples.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A cluster of processes on this machine: a JobManager, and workers with two slots each. They end
 * with this JVM, unless that is killed.
 *
 * <pre>{@code
 * try (LocalCluster cluster = LocalCluster.start(folder, 2)) {
 *   StreamExecutionEnvironment flink = cluster.environment();
 * }
 * }</pre>
 */
final class LocalCluster implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private final Configuration settings;
  private final FlinkProcess process;
  private final Process jobManager;
  private final List<Process> workers;
  private final Thread shutdownHook = new Thread(this::destroy, "stop-cluster");

  private LocalCluster(
      Configuration settings, FlinkProcess process, Process jobManager, List<Process> workers) {
    this.settings = settings;
    this.process = process;
    this.jobManager = jobManager;
    this.workers = workers;
    Runtime.getRuntime().addShutdownHook(shutdownHook);
  }

  /**
   * Starts a cluster whose processes have the class path of this JVM.
   *
   * @param folder for settings, logs, checkpoints and savepoints
   */
  static LocalCluster start(Path folder, int workers) throws IOException {
    return start(folder, workers, Jvm.likeThisOne());
  }

  /**
   * Starts a cluster and waits for its workers.
   *
   * @throws IOException if a process ends; the message names its log
   */
  static LocalCluster start(Path folder, int workers, Jvm jvm) throws IOException {
    LocalCluster cluster = open(folder, workers, jvm);
    try {
      cluster.awaitWorkers(folder);
      return cluster;
    } catch (IOException e) {
      cluster.close();
      throw e;
    }
  }

  private static LocalCluster open(Path folder, int workers, Jvm jvm) throws IOException {
    Files.createDirectories(folder.resolve("tmp"));
    Configuration settings = LocalClusterSettings.of(folder, freePort(), freePort());
    Files.write(folder.resolve("config.yaml"), lines(settings.toMap()));
    FlinkProcess process = new FlinkProcess(folder, jvm);
    List<Process> started = new ArrayList<>();
    try {
      Process jobManager = process.jobManager(folder.resolve("jobmanager.log"));
      started.add(jobManager);
      for (int i = 0; i < workers; i++) {
        started.add(process.worker(folder.resolve("worker-" + i + ".log")));
      }
      return new LocalCluster(settings, process, jobManager, started.subList(1, started.size()));
    } catch (IOException e) {
      started.forEach(Process::destroyForcibly);
      throw e;
    }
  }

  private void awaitWorkers(Path logs) throws IOException {
    while (overview().freeSlots().size() < workers.size()) {
      if (!all().stream().allMatch(Process::isAlive)) {
        throw new IOException("a process of the cluster has ended: its log is in " + logs);
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }

  private static List<String> lines(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(each -> each.getKey() + ": '" + each.getValue() + "'")
        .collect(Collectors.toList());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The worker processes. */
  List<Process> workers() {
    return List.copyOf(workers);
  }

  /** What the JobManager says of them. */
  ClusterOverview overview() {
    return new ClusterOverview(settings);
  }

  /** Jobs that are defined with this run on the cluster. */
  StreamExecutionEnvironment environment() {
    return new StreamExecutionEnvironment(
        new Configuration(settings)
            .set(DeploymentOptions.TARGET, "remote")
            .set(DeploymentOptions.ATTACHED, true));
  }

  /**
   * Runs the command {@code flink} with these arguments, such as {@code run} and a jar.
   *
   * @param log gets what it prints
   * @return its exit status
   */
  int flink(Path log, String... arguments) throws IOException, InterruptedException {
    return process.client(log, List.of(arguments)).waitFor();
  }

  /** Ends all processes. When it returns, they have ended. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(shutdownHook);
    destroy();
    all().forEach(process -> process.onExit().join());
  }

  private void destroy() {
    all().forEach(Process::destroyForcibly);
  }

  private List<Process> all() {
    List<Process> all = new ArrayList<>(workers);
    all.add(jobManager);
    return all;
  }
}
