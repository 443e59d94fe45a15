package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import dev.sluice.Work;
import dev.sluice.disk.FileName;
import dev.sluice.http.ContentException;
import io.reactivex.rxjava3.core.Maybe;
import java.io.IOException;
import java.util.function.Function;
import okhttp3.ResponseBody;
import retrofit2.HttpException;
import retrofit2.Response;

/**
 * How to download one kind of document: the request, a check of the body, and the name of the file.
 * A domain of your own is a Retrofit interface and a recipe.
 *
 * <pre>{@code
 * Recipe<String> metadata = Recipe.<String>of(site::metadata, code -> code + ".json")
 *     .withCheck(content -> content.length > 2 ? "" : "nothing in it");
 * Fetch<String> fetch = Fetch.of(metadata, client, Folder.at(Path.of("metadata")));
 * }</pre>
 *
 * <p>A status 404 or 410 is <i>not found</i>. A key whose file name is not {@linkplain
 * dev.sluice.disk.FileName safe} is a failure, and no request is sent for it.
 *
 * @param request a method of a Retrofit interface
 * @param fileName makes the name of the file from the key
 * @param check finds what is wrong with a body
 * @param <K> the type of the keys
 */
public record Recipe<K>(
    Function<? super K, Maybe<Response<ResponseBody>>> request,
    Function<? super K, String> fileName,
    Check check)
    implements Work<K, Document> {

  /** Finds what is wrong with a body. */
  @FunctionalInterface
  public interface Check {
    /**
     * {@return what is wrong with the body, for a message; empty when nothing is}
     *
     * @param content a whole body
     */
    String fault(byte[] content);
  }

  /**
   * Checks for null.
   *
   * @param request not null
   * @param fileName not null
   * @param check not null
   */
  public Recipe {
    requireNonNull(request, "request");
    requireNonNull(fileName, "fileName");
    requireNonNull(check, "check");
  }

  /**
   * {@return a recipe that accepts any body}
   *
   * @param request a method of a Retrofit interface
   * @param fileName makes the name of the file from the key
   * @param <K> the type of the keys
   */
  public static <K> Recipe<K> of(
      Function<? super K, Maybe<Response<ResponseBody>>> request,
      Function<? super K, String> fileName) {
    return new Recipe<>(request, fileName, content -> "");
  }

  /**
   * {@return a copy with this check}
   *
   * @param check finds what is wrong with a body
   */
  public Recipe<K> withCheck(Check check) {
    return new Recipe<>(request, fileName, check);
  }

  /**
   * {@return one attempt, cold}
   *
   * <p><b>Scheduler:</b> that of the request. <b>Failure:</b> an {@code IOException} of the request
   * or of the check goes to {@code onError}. <b>Cancellation:</b> cancels the request.
   *
   * @param key one key
   */
  @Override
  public Maybe<Document> attempt(K key) {
    return Maybe.fromCallable(() -> nameOf(key))
        .flatMap(name -> request.apply(key).map(response -> new Document(name, checked(response))));
  }

  /** Empty; fails for a key that names no file, before that waits for a permit. */
  <V> Maybe<V> checkedName(K key) throws IOException {
    FileName unused = nameOf(key);
    return Maybe.empty();
  }

  private FileName nameOf(K key) throws IOException {
    String name = fileName.apply(key);
    try {
      return FileName.of(name);
    } catch (IllegalArgumentException e) {
      throw new UnsafeFileNameException(requireNonNull(key), e);
    }
  }

  private byte[] checked(Response<ResponseBody> response) throws IOException {
    ResponseBody body = response.body();
    if (body == null) {
      // A Retrofit of the user's own: a pipeline translates this exception.
      throw new HttpException(response);
    }
    byte[] content = body.bytes();
    String fault = check.fault(content);
    if (!fault.isEmpty()) {
      throw new ContentException(response.raw().request().url().toString(), fault, null);
    }
    return content;
  }
}
