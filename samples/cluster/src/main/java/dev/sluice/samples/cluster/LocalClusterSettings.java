package dev.sluice.samples.cluster;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.apache.flink.configuration.MemorySize.ofMebiBytes;

import java.nio.file.Path;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.TaskManagerOptions.TaskManagerLoadBalanceMode;

/** The settings of a {@link LocalCluster}. */
final class LocalClusterSettings {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int SLOTS = 2;
  private static final MemorySize FRAMEWORK_HEAP = ofMebiBytes(128);
  private static final MemorySize TASK_HEAP = ofMebiBytes(256);
  private static final MemorySize FRAMEWORK_OFF_HEAP = ofMebiBytes(64);

  /** Here are the buffers of the resolvers. */
  private static final MemorySize TASK_OFF_HEAP = ofMebiBytes(64);

  private static final MemorySize NETWORK = ofMebiBytes(32);

  private LocalClusterSettings() {}

  /** The settings of all processes, with folders for checkpoints and savepoints. */
  static Configuration of(Path folder, int jobManagerPort, int restPort) {
    Configuration settings =
        new Configuration()
            .set(JobManagerOptions.ADDRESS, LOOPBACK)
            .set(JobManagerOptions.BIND_HOST, LOOPBACK)
            .set(JobManagerOptions.PORT, jobManagerPort)
            .set(RestOptions.ADDRESS, LOOPBACK)
            .set(RestOptions.BIND_ADDRESS, LOOPBACK)
            .set(RestOptions.PORT, restPort)
            .set(BlobServerOptions.PORT, "0")
            .set(CoreOptions.TMP_DIRS, folder.resolve("tmp").toString())
            .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri(folder, "checkpoints"))
            .set(CheckpointingOptions.SAVEPOINT_DIRECTORY, uri(folder, "savepoints"))
            // A worker that was killed is missed after 6 s at the latest, not after 50 s.
            .set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, ofSeconds(1))
            .set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, ofSeconds(6))
            .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
            .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 10)
            .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, ofMillis(200))
            .set(JobManagerOptions.SLOT_REQUEST_TIMEOUT, ofSeconds(60));
    setWorkers(settings);
    return settings;
  }

  /** Flink's scripts compute what is not set here; its entry points do not. */
  private static void setWorkers(Configuration settings) {
    settings
        .set(TaskManagerOptions.HOST, LOOPBACK)
        .set(TaskManagerOptions.BIND_HOST, LOOPBACK)
        .set(TaskManagerOptions.NUM_TASK_SLOTS, SLOTS)
        // Otherwise the first worker gets all subtasks. A spare slot takes those of a dead worker.
        .set(TaskManagerOptions.TASK_MANAGER_LOAD_BALANCE_MODE, TaskManagerLoadBalanceMode.SLOTS)
        .set(TaskManagerOptions.CPU_CORES, 1.0)
        .set(TaskManagerOptions.FRAMEWORK_HEAP_MEMORY, FRAMEWORK_HEAP)
        .set(TaskManagerOptions.TASK_HEAP_MEMORY, TASK_HEAP)
        .set(TaskManagerOptions.FRAMEWORK_OFF_HEAP_MEMORY, FRAMEWORK_OFF_HEAP)
        .set(TaskManagerOptions.TASK_OFF_HEAP_MEMORY, TASK_OFF_HEAP)
        .set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK)
        .set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK)
        .set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ZERO)
        .set(TaskManagerOptions.JVM_METASPACE, ofMebiBytes(128))
        .set(TaskManagerOptions.JVM_OVERHEAD_MIN, ofMebiBytes(64))
        .set(TaskManagerOptions.JVM_OVERHEAD_MAX, ofMebiBytes(64));
  }

  static MemorySize workerHeap() {
    return FRAMEWORK_HEAP.add(TASK_HEAP);
  }

  static MemorySize workerDirectMemory() {
    return FRAMEWORK_OFF_HEAP.add(TASK_OFF_HEAP).add(NETWORK);
  }

  private static String uri(Path folder, String name) {
    return folder.resolve(name).toUri().toString();
  }
}
