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
 * How to fetch one kind of thing: what to ask for, what is wrong with an answer, and what its file
 * is called. A domain of your own is a Retrofit interface and a recipe.
 *
 * <pre>{@code
 * Recipe<String> metadata = Recipe.<String>of(site::metadata, code -> code + ".json")
 *     .withCheck(content -> content.length > 2 ? "" : "nothing in it");
 * Fetch<String> fetch = Fetch.of(metadata, policy, Folder.at(Path.of("metadata")));
 * }</pre>
 *
 * <p>A 404 is <i>not found</i>. A key whose file name is not safe is a failure, and nobody is asked
 * for it.
 *
 * @param request what to ask for: a method of a Retrofit interface
 * @param fileName what its file is called
 * @param check what is wrong with an answer
 * @param <K> what is asked for
 */
public record Recipe<K>(
    Function<? super K, Maybe<Response<ResponseBody>>> request,
    Function<? super K, String> fileName,
    Check check)
    implements Work<K, Document> {

  /** What is wrong with an answer. */
  @FunctionalInterface
  public interface Check {
    /**
     * {@return what is wrong with this, for a message; empty when nothing is}
     *
     * @param content a whole body
     */
    String fault(byte[] content);
  }

  /**
   * Refuses null.
   *
   * @param request {@link #request()}
   * @param fileName {@link #fileName()}
   * @param check {@link #check()}
   */
  public Recipe {
    requireNonNull(request, "request");
    requireNonNull(fileName, "fileName");
    requireNonNull(check, "check");
  }

  /**
   * {@return a recipe that takes any answer}
   *
   * @param request what to ask for: a method of a Retrofit interface
   * @param fileName what its file is called
   * @param <K> what is asked for
   */
  public static <K> Recipe<K> of(
      Function<? super K, Maybe<Response<ResponseBody>>> request,
      Function<? super K, String> fileName) {
    return new Recipe<>(request, fileName, content -> "");
  }

  /**
   * {@return a copy with this check}
   *
   * @param check what is wrong with an answer
   */
  public Recipe<K> withCheck(Check check) {
    return new Recipe<>(request, fileName, check);
  }

  /**
   * {@return one attempt, cold}
   *
   * @param key what is asked for
   */
  @Override
  public Maybe<Document> attempt(K key) {
    return Maybe.fromCallable(() -> nameOf(key))
        .flatMap(name -> request.apply(key).map(response -> new Document(name, checked(response))));
  }

  private FileName nameOf(K key) throws IOException {
    String name = fileName.apply(key);
    try {
      return FileName.of(name);
    } catch (IllegalArgumentException e) {
      throw new UnsafeFileNameException(key + ": " + e.getMessage(), e);
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
