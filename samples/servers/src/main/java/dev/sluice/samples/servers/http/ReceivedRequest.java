package dev.sluice.samples.servers.http;

/**
 * A request that waits for its response.
 *
 * @param client the address of the client
 * @param host the address and port that the client has connected to
 * @param inProgress how many requests wait for their responses, this one included
 * @param nanos when it came, by the clock of the server
 */
record ReceivedRequest(Request request, String client, String host, int inProgress, long nanos) {}
