package org.emrelay.runner.stream.source;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Java's HTTP client with worker threads that end when it is closed. Java 17 cannot close a client; its own daemon thread ends when the client
 * is garbage-collected.
 */
final class SourceHttpClient implements AutoCloseable {
    private final ExecutorService threads;
    private final HttpClient client;

    SourceHttpClient(String source, Duration connectTimeout) {
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "emrelay-" + source + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .executor(threads)
                .build();
    }

    HttpClient client() {
        return client;
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
