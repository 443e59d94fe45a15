package dev.sluice.rdap;

import com.fasterxml.jackson.databind.JsonNode;
import io.reactivex.rxjava3.core.Single;
import retrofit2.Response;
import retrofit2.http.GET;
import retrofit2.http.Headers;
import retrofit2.http.Url;

/** Requests to registries, and for the list of registries (RFC 7480, section 4). */
interface RdapApi {
  @GET
  @Headers("Accept: application/rdap+json, application/json;q=0.9")
  Single<Response<JsonNode>> get(@Url String url);
}
