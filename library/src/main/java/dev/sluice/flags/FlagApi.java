package dev.sluice.flags;

import io.reactivex.rxjava3.core.Maybe;
import okhttp3.ResponseBody;
import retrofit2.Response;
import retrofit2.http.GET;
import retrofit2.http.Path;

/** The layout of a flag server; codes in lower case. */
interface FlagApi {
  @GET("{cc}/{cc}.gif")
  Maybe<Response<ResponseBody>> gif(@Path("cc") String cc);

  @GET("{cc}/metadata.json")
  Maybe<Response<Metadata>> metadata(@Path("cc") String cc);
}
