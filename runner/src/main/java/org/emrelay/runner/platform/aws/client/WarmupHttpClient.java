package org.emrelay.runner.platform.aws.client;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Sends all requests except those of {@link SdkWarmup}, which get an empty response. */
final class WarmupHttpClient implements SdkHttpClient {
    /** Marks the requests that are not sent. */
    static final String NOT_SENT = "x-emrelay-warmup";

    private final SdkHttpClient delegate;
    private final CountDownLatch firstRequest = new CountDownLatch(1);

    WarmupHttpClient(SdkHttpClient real) {
        this.delegate = Objects.requireNonNull(real, "real");
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        if (request.httpRequest().firstMatchingHeader(NOT_SENT).isPresent()) {
            return new Answered();
        }
        firstRequest.countDown();
        return delegate.prepareRequest(request);
    }

    /** Waits for the first real request; false when none is sent within 10 s, when a warm-up no longer pays. */
    boolean awaitFirstRequest() throws InterruptedException {
        return firstRequest.await(10, TimeUnit.SECONDS);
    }

    @Override
    public String clientName() {
        return delegate.clientName();
    }

    @Override
    public void close() {
        delegate.close();
    }

    private static final class Answered implements ExecutableHttpRequest {
        @Override
        public HttpExecuteResponse call() {
            return HttpExecuteResponse.builder()
                    .response(SdkHttpResponse.builder().statusCode(200).build())
                    .build();
        }

        @Override
        public void abort() {
            // Nothing was sent.
        }
    }
}
