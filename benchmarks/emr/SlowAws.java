import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A proxy that adds latency to every call and logs it: start and end in seconds, status, operation.
 *
 * <p>ministack does not implement Service Quotas, and its error response has no AWS error code, so the runner would send the
 * call three times. The proxy returns the quotas itself.
 */
public final class SlowAws {
    private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=([A-Za-z0-9]+)");

    private static final byte[] QUOTA =
            "{\"Quota\":{\"QuotaCode\":\"L-1216C47A\",\"QuotaName\":\"vCPUs\",\"Value\":1000.0}}".getBytes(StandardCharsets.UTF_8);

    /** Headers that apply to one connection only. */
    private static final Set<String> NOT_FORWARDED =
            Set.of("connection", "content-length", "expect", "host", "keep-alive", "transfer-encoding", "upgrade", "http2-settings");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final long startNanos = System.nanoTime();
    private final String server;
    private final long delayMillis;
    private final PrintStream log;

    private SlowAws(String server, long delayMillis, PrintStream log) {
        this.server = server;
        this.delayMillis = delayMillis;
        this.log = log;
    }

    /** Arguments: port, URL of the server, delay in milliseconds, log file. */
    public static void main(String[] arguments) throws IOException {
        // With Nagle's algorithm, the second packet of a response waits 40 ms for the delayed ACK of the first.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        SlowAws proxy = new SlowAws(arguments[1], Long.parseLong(arguments[2]), new PrintStream(arguments[3]));
        HttpServer listener = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])), 100);
        listener.setExecutor(Executors.newCachedThreadPool());
        listener.createContext("/", proxy::forward);
        listener.start();
    }

    private void forward(HttpExchange exchange) throws IOException {
        double start = seconds();
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String operation = operation(exchange, body);
            Response response = operation.equals("GetServiceQuota") ? Response.QUOTAS : Response.of(client.send(request(exchange, body), BodyHandlers.ofByteArray()));
            Thread.sleep(delayMillis);
            log.println(String.format(Locale.ROOT, "%.3f %.3f %d %s", start, seconds(), response.status(), operation));
            response.headers().forEach((name, values) -> {
                if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> exchange.getResponseHeaders().add(name, value));
                }
            });
            boolean empty = response.body().length == 0;
            exchange.sendResponseHeaders(response.status(), empty ? -1 : response.body().length);
            if (!empty) {
                exchange.getResponseBody().write(response.body());
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }

    private record Response(int status, Map<String, List<String>> headers, byte[] body) {
        static final Response QUOTAS = new Response(200, Map.of("Content-Type", List.of("application/x-amz-json-1.1")), QUOTA);

        static Response of(HttpResponse<byte[]> response) {
            return new Response(response.statusCode(), response.headers().map(), response.body());
        }
    }

    private HttpRequest request(HttpExchange exchange, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    /** The operation, from the header (JSON protocol), the form (query protocol), or method and path (S3). */
    private static String operation(HttpExchange exchange, byte[] body) {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (target != null) {
            return target.substring(target.lastIndexOf('.') + 1);
        }
        Matcher action = ACTION.matcher(new String(body, StandardCharsets.ISO_8859_1));
        return action.find() ? action.group(1) : "s3:" + exchange.getRequestMethod() + " " + exchange.getRequestURI();
    }
}
