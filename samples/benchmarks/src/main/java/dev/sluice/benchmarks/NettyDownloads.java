package dev.sluice.benchmarks;

import dev.sluice.Policy;
import dev.sluice.Work;
import dev.sluice.disk.FileName;
import dev.sluice.fetch.Document;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeEmitter;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.util.Objects;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Request;
import okhttp3.Response;
import retrofit2.Retrofit;
import retrofit2.adapter.rxjava3.RxJava3CallAdapterFactory;

/** Downloads over {@link NettyCalls}, with one event loop. */
final class NettyDownloads {
  private static final int LOOPS = 1;

  private NettyDownloads() {}

  /** Each call blocks a network thread of the client. */
  static Single<Long> blocking(DownloadJob job) {
    return Single.using(
        () -> new NettyCalls(LOOPS),
        calls -> SluiceDownloads.run(job, HttpOptions.standard().withCalls(calls)),
        NettyCalls::close);
  }

  /** No call has a thread: the work ends on the event loop. */
  static Single<Long> asynchronous(DownloadJob job) {
    return asynchronous(
        job,
        calls ->
            key -> document(calls.newCall(new Request.Builder().url(job.url(key)).build()), key));
  }

  /** Retrofit's own asynchronous adapter, which enqueues calls. */
  static Single<Long> asynchronousRetrofit(DownloadJob job) {
    return asynchronous(
        job,
        calls -> {
          SluiceDownloads.Api api = api(job, calls);
          return key -> SluiceDownloads.document(api, key);
        });
  }

  private static SluiceDownloads.Api api(DownloadJob job, Call.Factory calls) {
    return new Retrofit.Builder()
        .baseUrl(job.base() + "/")
        .callFactory(calls)
        .addCallAdapterFactory(RxJava3CallAdapterFactory.create())
        .build()
        .create(SluiceDownloads.Api.class);
  }

  private interface Maker {
    Work<String, Document> over(Call.Factory calls);
  }

  private static Single<Long> asynchronous(DownloadJob job, Maker maker) {
    Policy policy = SluiceDownloads.policy(job);
    return Single.using(
        () -> new NettyCalls(LOOPS),
        calls -> SluiceDownloads.downloadAll(maker.over(calls), policy, job),
        NettyCalls::close);
  }

  private static Maybe<Document> document(Call call, String key) {
    return Maybe.create(
        emitter -> {
          emitter.setCancellable(call::cancel);
          call.enqueue(new Emitting(emitter, FileName.of(key + ".gif")));
        });
  }

  private record Emitting(MaybeEmitter<Document> emitter, FileName name) implements Callback {
    @Override
    public void onResponse(Call call, Response response) throws IOException {
      if (response.code() == 404) {
        emitter.onComplete();
      } else if (response.code() == 200) {
        emitter.onSuccess(
            new Document(name, Objects.requireNonNull(response.body(), "body").bytes()));
      } else {
        emitter.tryOnError(new IOException(response.toString()));
      }
    }

    @Override
    public void onFailure(Call call, IOException e) {
      emitter.tryOnError(e);
    }
  }
}
