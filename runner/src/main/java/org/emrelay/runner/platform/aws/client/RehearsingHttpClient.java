package org.emrelay.runner.platform.aws.client;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Sends every request but those of a {@link Rehearsal}, which it answers itself, and tells when the first one is on its way. */
final class RehearsingHttpClient implements SdkHttpClient {
    /** The header by which a request that is not meant to be sent is known. */
    static final String NOT_SENT = "x-rehearsal";

    private final SdkHttpClient real;
    private final CountDownLatch firstIsOnItsWay = new CountDownLatch(1);

    RehearsingHttpClient(SdkHttpClient real) {
        this.real = Objects.requireNonNull(real, "real");
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        if (request.httpRequest().firstMatchingHeader(NOT_SENT).isPresent()) {
            return new Answered();
        }
        firstIsOnItsWay.countDown();
        return real.prepareRequest(request);
    }

    /** Waits until a request is sent; false when none is for so long that nobody needs to be quick. */
    boolean awaitFirst() throws InterruptedException {
        return firstIsOnItsWay.await(10, TimeUnit.SECONDS);
    }

    @Override
    public String clientName() {
        return real.clientName();
    }

    @Override
    public void close() {
        real.close();
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
            // Nothing is under way.
        }
    }
}
