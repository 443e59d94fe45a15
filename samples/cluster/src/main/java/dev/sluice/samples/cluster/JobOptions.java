package dev.sluice.samples.cluster;

import java.time.Duration;
import java.util.Arrays;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
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
   * The settings of a job. {@code --checkpoint-every} is the time between two checkpoints, and so
   * between two files of outcomes of a subtask: 10 s by default.
   */
  static void configure(ParameterTool options, StreamExecutionEnvironment flink) {
    Duration interval = TimeUtils.parseDuration(options.get("checkpoint-every", "10 s"));
    Configuration settings =
        new Configuration()
            // A type without a serializer of its own is an error and not a case for Kryo.
            .set(PipelineOptions.GENERIC_TYPES, false)
            // Text and lines are never changed, so they need no copies between the operators.
            .set(PipelineOptions.OBJECT_REUSE, true)
            .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
    flink.configure(settings);
  }

  /** The lines of files and folders that are separated by commas. */
  static FileSource<String> lines(String paths) {
    Path[] each = Arrays.stream(paths.split(",")).map(Path::new).toArray(Path[]::new);
    return FileSource.forRecordStreamFormat(new TextLines(), each)
        .setFileEnumerator(FileRanges::new)
        .build();
  }

  static DataStream<String> keys(
      Source<String, ?, ?> source, String name, StreamExecutionEnvironment flink) {
    return flink.fromSource(source, WatermarkStrategy.noWatermarks(), name).uid(name);
  }
}
