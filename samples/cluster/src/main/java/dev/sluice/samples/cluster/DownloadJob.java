package dev.sluice.samples.cluster;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.net.URI;
import java.util.Locale;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

/**
 * Downloads URLs on a cluster into a folder that all workers share. One subtask has all URLs of a
 * host, so that the limits of the host hold for the whole cluster.
 *
 * <pre>{@code
 * flink run -c dev.sluice.samples.cluster.DownloadJob sluice-cluster-job.jar \
 *     --urls hdfs:///urls --into /mnt/shared --per-host 2 --rate 10/s --outcomes hdfs:///outcomes
 * }</pre>
 *
 * <p>{@code --limit} is how many downloads a subtask makes at once, {@code --capacity} how many of
 * its URLs it holds, so that those that wait for their host leave room for others.
 *
 * <p>URLs that are in progress at a savepoint are spread anew if the job resumes with another
 * parallelism; until they are done, two subtasks may ask one host.
 */
public final class DownloadJob {
  private static final int LIMIT = 50;
  private static final int WAITING = 20;

  private DownloadJob() {}

  public static void main(String... args) throws Exception {
    ParameterTool options = ParameterTool.fromArgs(args);
    StreamExecutionEnvironment flink = StreamExecutionEnvironment.getExecutionEnvironment();
    define(options, flink);
    flink.execute("download");
  }

  /** Adds the operators of the job. */
  static void define(ParameterTool options, StreamExecutionEnvironment flink) {
    JobOptions.configure(options, flink);
    int limit = options.getInt("limit", LIMIT);
    DownloadSettings settings =
        new DownloadSettings(
            options.getRequired("into"),
            options.get("file-names", "{host}_{port}_{path}"),
            limit,
            options.getInt("per-host", limit),
            options.get("rate", ""));
    DataStream<String> urls =
        JobOptions.keys(JobOptions.lines(options.getRequired("urls")), "urls", flink);
    outcomes(urls, settings, options.getInt("capacity", limit * WAITING))
        .sinkTo(OutcomeFiles.sink(new Path(options.getRequired("outcomes"))))
        .name("outcomes")
        .uid("outcomes");
  }

  private static DataStream<byte[]> outcomes(
      DataStream<String> urls, DownloadSettings settings, int capacity) {
    // No timeout of Flink: the policy of the client ends each download.
    return AsyncDataStream.unorderedWait(
            urls.keyBy(DownloadJob::host, Types.STRING),
            new PipelineFunction<>(settings),
            0,
            MILLISECONDS,
            capacity)
        .returns(PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
        .name("download")
        .uid("download");
  }

  /** What decides about the subtask: the host, or the text itself if it is no URL. */
  static String host(String url) {
    try {
      String host = URI.create(url).getHost();
      return host == null ? url : host.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return url;
    }
  }
}
