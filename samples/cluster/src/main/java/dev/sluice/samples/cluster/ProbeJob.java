package dev.sluice.samples.cluster;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

/**
 * Probes names on a cluster: names, the library's engine in each subtask, a line of a journal for
 * each outcome.
 *
 * <pre>{@code
 * flink run sluice-cluster-job.jar --names hdfs:///names --servers 192.0.2.1 --outcomes hdfs:///outcomes
 * }</pre>
 *
 * <p>{@code --names} are text files and folders, separated by commas; {@code --generate N} makes
 * names instead. {@code --servers} and {@code --trusted} are separated by commas, too; {@code
 * --servers-file} is a file of this machine with one server a line. Without, the servers of the
 * worker's system are asked. {@code --rate-per-server} holds for all subtasks together; {@code
 * --limit} is how many names one of them asks for at once.
 */
public final class ProbeJob {
  private static final int LIMIT = 1_000;

  private ProbeJob() {}

  public static void main(String... args) throws Exception {
    ParameterTool options = ParameterTool.fromArgs(args);
    StreamExecutionEnvironment flink = StreamExecutionEnvironment.getExecutionEnvironment();
    define(options, flink);
    flink.execute("probe");
  }

  /** Adds the operators of the job. */
  static void define(ParameterTool options, StreamExecutionEnvironment flink) throws IOException {
    JobOptions.configure(options, flink);
    outcomes(names(options, flink), settings(options))
        .sinkTo(OutcomeFiles.sink(new Path(options.getRequired("outcomes"))))
        .name("outcomes")
        .uid("outcomes");
  }

  private static ProbeSettings settings(ParameterTool options) throws IOException {
    return new ProbeSettings(
        options.has("servers-file")
            ? servers(java.nio.file.Path.of(options.get("servers-file")))
            : options.get("servers", ""),
        options.get("trusted", ""),
        options.get("rate-per-server", ""),
        options.getInt("limit", LIMIT));
  }

  private static String servers(java.nio.file.Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .collect(Collectors.joining(","));
  }

  private static DataStream<String> names(ParameterTool options, StreamExecutionEnvironment flink) {
    return options.has("generate")
        ? JobOptions.keys(GeneratedNames.source(options.getLong("generate")), "names", flink)
        : JobOptions.keys(JobOptions.lines(options.getRequired("names")), "names", flink);
  }

  /** The lines of the outcomes of these names. */
  static DataStream<byte[]> outcomes(DataStream<String> names, ProbeSettings settings) {
    // No timeout of Flink: the resolver ends each query.
    return AsyncDataStream.unorderedWait(
            names, new PipelineFunction<>(settings), 0, MILLISECONDS, settings.limit())
        .returns(PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
        .name("probe")
        .uid("probe");
  }
}
