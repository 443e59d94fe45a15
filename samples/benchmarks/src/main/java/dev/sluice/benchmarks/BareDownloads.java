package dev.sluice.benchmarks;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.ResponseBody;
import retrofit2.Retrofit;
import retrofit2.adapter.rxjava3.RxJava3CallAdapterFactory;
import retrofit2.http.GET;

/** Retrofit and RxJava by hand: no limiter, no retry, no outcome, no timeout. */
final class BareDownloads implements AutoCloseable {
  private static final int DISK_THREADS = 2;
  private static final long KEEP_ALIVE_MINUTES = 1;

  private interface Api {
    @GET("{key}/{key}.gif")
    Single<ResponseBody> flag(@retrofit2.http.Path("key") String key);
  }

  private final DownloadJob job;
  private final ExecutorService network;
  private final ExecutorService disk;
  private final Api api;

  private BareDownloads(DownloadJob job) {
    this.job = job;
    this.network = Executors.newFixedThreadPool(job.limit(), BareDownloads::daemon);
    this.disk = Executors.newFixedThreadPool(DISK_THREADS, BareDownloads::daemon);
    this.api = api(job, Schedulers.from(network));
  }

  /** Emits the number of flags on disk. */
  static Single<Long> run(DownloadJob job) {
    return Single.using(
        () -> new BareDownloads(job), BareDownloads::downloadAll, BareDownloads::close);
  }

  private static Api api(DownloadJob job, Scheduler network) {
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(job.limit());
    dispatcher.setMaxRequestsPerHost(job.limit());
    OkHttpClient client =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionPool(new ConnectionPool(job.limit(), KEEP_ALIVE_MINUTES, TimeUnit.MINUTES))
            .build();
    return new Retrofit.Builder()
        .baseUrl(job.base() + "/")
        .client(client)
        .addCallAdapterFactory(RxJava3CallAdapterFactory.createWithScheduler(network))
        .build()
        .create(Api.class);
  }

  private Single<Long> downloadAll() {
    return job.keys().flatMapSingle(this::download, false, job.limit()).count();
  }

  private Single<Path> download(String key) {
    return api.flag(key)
        .map(ResponseBody::bytes)
        .observeOn(Schedulers.from(disk))
        .map(image -> save(key, image));
  }

  private Path save(String key, byte[] image) throws IOException {
    Path part = job.folder().resolve(key + ".gif.part");
    Files.write(part, image);
    return Files.move(part, job.folder().resolve(key + ".gif"), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() {
    network.shutdown();
    disk.shutdown();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  }
}
