package org.emrelay.runner.stream.source;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.emrelay.runner.stream.StreamException;
import org.emrelay.runner.stream.source.ConnectionLostException.Cause;
import org.jspecify.annotations.Nullable;

/**
 * Calls X's API v2 with the bearer token.
 *
 * <p>A guess, never tried on X: HTTP 402 means that the app has no credits left. X documents no status for that.
 */
final class XClient {
    /** Sufficient for a thousand rules. */
    private static final int MAX_BODY = 2 << 20;

    /** Small, because each post costs money, even if the stream does not read it because of its limits. */
    private static final int MAX_MESSAGES = 500;

    private static final int MAX_BYTES = 4 << 20;
    private static final int MAX_ERROR = 64 << 10;

    private static final String STREAM =
            "/tweets/search/stream?tweet.fields=created_at,lang,author_id,referenced_tweets";
    private static final String RULES = "/tweets/search/stream/rules";

    private final SourceHttpClient http;
    private final URI url;
    private final BearerToken token;
    private final SourceLimits limits;

    XClient(SourceHttpClient http, URI url, BearerToken token, SourceLimits limits) {
        this.http = http;
        this.url = url;
        this.token = token;
        this.limits = limits;
        String host = url.getHost() == null ? "" : url.getHost();
        boolean loopback = host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
        if (!"https".equalsIgnoreCase(url.getScheme()) && !loopback) {
            throw new StreamException(
                    "The \"url\" of source \"x\" does not use https, and would expose the bearer token. Correct it in"
                            + " the stream file.");
        }
    }

    XConnection stream(AtomicLong malformed) throws ConnectionLostException, InterruptedException {
        XConnection connection =
                new XConnection(new Inbox(MAX_MESSAGES, MAX_BYTES, limits.ticker()), limits.message(), malformed);
        boolean opened = false;
        try {
            HttpResponse<String> response = send(
                    "GET", STREAM, null, info -> info.statusCode() == 200 ? connection : new BoundedText(MAX_ERROR));
            check("GET", response);
            opened = true;
            return connection;
        } finally {
            if (!opened) {
                connection.close();
            }
        }
    }

    /** @param page the token of the page; null for the first one */
    String getRules(@Nullable String page) throws ConnectionLostException, InterruptedException {
        String path = page == null ? RULES : RULES + "?pagination_token=" + page;
        HttpResponse<String> response = send("GET", path, null, XClient::text);
        check("GET", response);
        return response.body();
    }

    /** Returns the response even if X rejected some rules. */
    String postRules(String json, boolean dryRun) throws ConnectionLostException, InterruptedException {
        String path = dryRun ? RULES + "?dry_run=true" : RULES;
        HttpResponse<String> response = send("POST", path, json, XClient::text);
        if (response.statusCode() != 400 || !XProblem.lists(response.body())) {
            check("POST", response);
        }
        return response.body();
    }

    String mask(String text) {
        return token.mask(text);
    }

    private static BodySubscriber<String> text(ResponseInfo info) {
        return new BoundedText(info.statusCode() < 300 ? MAX_BODY : MAX_ERROR);
    }

    private HttpResponse<String> send(String method, String path, @Nullable String json, BodyHandler<String> handler)
            throws ConnectionLostException, InterruptedException {
        BodyPublisher body = json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(url.toString().replaceAll("/+$", "") + path))
                .method(method, body)
                .header("Authorization", token.header())
                .header("User-Agent", "emrelay");
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        CompletableFuture<HttpResponse<String>> answer = http.client().sendAsync(request.build(), handler);
        boolean complete = false;
        try {
            HttpResponse<String> response = answer.get(limits.request().toMillis(), TimeUnit.MILLISECONDS);
            complete = true;
            return response;
        } catch (ExecutionException exception) {
            throw ConnectionLostException.network(exception);
        } catch (TimeoutException exception) {
            throw new ConnectionLostException(Cause.NETWORK, "no response to a request");
        } finally {
            if (!complete) {
                answer.cancel(true);
            }
        }
    }

    private void check(String method, HttpResponse<String> response) throws ConnectionLostException {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return;
        }
        XProblem problem = XProblem.read(token.mask(response.body()));
        String answer = problem.said().isEmpty() ? "HTTP " + status : "HTTP " + status + ": " + problem.said();
        if (status == 429 || status == 420) {
            throw XRateLimit.lost(problem, answer, response.headers());
        }
        // 409: the app has no rules; they are created before the next attempt.
        if (status == 408 || status == 409 || status >= 500) {
            throw new ConnectionLostException(Cause.SERVER, answer);
        }
        throw new StreamException(
                switch (status) {
                    case 401 ->
                        "X rejected " + token + " (" + answer + "). Set the variable to a valid token, from X's"
                                + " developer console.";
                    case 402 ->
                        "The app of " + token + " has no credits left on X (" + answer + "). Buy credits in X's"
                                + " developer console.";
                    case 403 ->
                        "X does not allow the app of " + token + " to use the filtered stream (" + answer
                                + "). Check its access in X's developer console.";
                    default ->
                        "X rejected " + method + " " + response.uri().getPath() + " (" + answer + "). Check \"url\""
                                + " in the stream file.";
                });
    }
}
