package dev.sluice.samples.cluster;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import org.apache.flink.util.TimeUtils;

/** What all jobs share: the settings of Flink, and the keys. */
final class JobOptions {
  private JobOptions() {}

  /**
   * The cluster that runs this program, or one within this JVM. {@code --checkpoint-every} is the
   * time between two checkpoints, and so between two files of outcomes: 10 s by default.
   */
  static StreamExecutionEnvironment environment(ParameterTool options) {
    StreamExecutionEnvironment flink = StreamExecutionEnvironment.getExecutionEnvironment();
    Duration interval = TimeUtils.parseDuration(options.get("checkpoint-every", "10 s"));
    flink.configure(settings(interval));
    return flink;
  }

  static Configuration settings(Duration checkpointInterval) {
    return new Configuration()
        // A type without a serializer of its own is an error and not a case for Kryo.
        .set(PipelineOptions.GENERIC_TYPES, false)
        // Text and lines are never changed, so they need no copies between the operators.
        .set(PipelineOptions.OBJECT_REUSE, true)
        .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
  }

  /** The lines of the files and folders of an option, separated by commas. */
  static DataStream<String> keys(
      ParameterTool options, String option, StreamExecutionEnvironment flink) {
    Path[] paths = paths(options.getRequired(option));
    FileSource<String> lines =
        FileSource.forRecordStreamFormat(new TextLines(), paths)
            .setFileEnumerator(FileRanges::new)
            .build();
    return flink.fromSource(lines, WatermarkStrategy.noWatermarks(), option).uid(option);
  }

  private static Path[] paths(String list) {
    return java.util.Arrays.stream(list.split(",")).map(Path::new).toArray(Path[]::new);
  }
}
