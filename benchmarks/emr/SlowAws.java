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
 * AWS is far away: a proxy that holds every answer back for a while, and writes a line for each call: begin and end in seconds, status, operation.
 * The server behind it has no Service Quotas, and its refusal names no error as AWS's would, so that it would be asked three times: quotas are told here.
 */
public final class SlowAws {
    private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=([A-Za-z0-9]+)");

    private static final byte[] QUOTA =
            "{\"Quota\":{\"QuotaCode\":\"L-1216C47A\",\"QuotaName\":\"vCPUs\",\"Value\":1000.0}}".getBytes(StandardCharsets.UTF_8);

    /** What each of the two connections says for itself. */
    private static final Set<String> OF_A_CONNECTION =
            Set.of("connection", "content-length", "expect", "host", "keep-alive", "transfer-encoding", "upgrade", "http2-settings");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final long begun = System.nanoTime();
    private final String server;
    private final long delayMillis;
    private final PrintStream log;

    private SlowAws(String server, long delayMillis, PrintStream log) {
        this.server = server;
        this.delayMillis = delayMillis;
        this.log = log;
    }

    /** Arguments: port, address of the server, delay in milliseconds, log. */
    public static void main(String[] arguments) throws IOException {
        // Else an answer's second packet waits for the first one's acknowledgement, 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        SlowAws proxy = new SlowAws(arguments[1], Long.parseLong(arguments[2]), new PrintStream(arguments[3]));
        HttpServer listening = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])), 100);
        listening.setExecutor(Executors.newCachedThreadPool());
        listening.createContext("/", proxy::pass);
        listening.start();
    }

    private void pass(HttpExchange exchange) throws IOException {
        double start = seconds();
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String operation = operation(exchange, body);
            Answer answer = operation.equals("GetServiceQuota") ? Answer.QUOTAS : Answer.of(client.send(request(exchange, body), BodyHandlers.ofByteArray()));
            Thread.sleep(delayMillis);
            log.println(String.format(Locale.ROOT, "%.3f %.3f %d %s", start, seconds(), answer.status(), operation));
            answer.headers().forEach((name, values) -> {
                if (!OF_A_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> exchange.getResponseHeaders().add(name, value));
                }
            });
            boolean empty = answer.body().length == 0;
            exchange.sendResponseHeaders(answer.status(), empty ? -1 : answer.body().length);
            if (!empty) {
                exchange.getResponseBody().write(answer.body());
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }

    private record Answer(int status, Map<String, List<String>> headers, byte[] body) {
        static final Answer QUOTAS = new Answer(200, Map.of("Content-Type", List.of("application/x-amz-json-1.1")), QUOTA);

        static Answer of(HttpResponse<byte[]> response) {
            return new Answer(response.statusCode(), response.headers().map(), response.body());
        }
    }

    private HttpRequest request(HttpExchange exchange, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_A_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private double seconds() {
        return (System.nanoTime() - begun) / 1e9;
    }

    /** The protocols name the operation in a header, in a form, or by what is done to which path. */
    private static String operation(HttpExchange exchange, byte[] body) {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (target != null) {
            return target.substring(target.lastIndexOf('.') + 1);
        }
        Matcher action = ACTION.matcher(new String(body, StandardCharsets.ISO_8859_1));
        return action.find() ? action.group(1) : "s3:" + exchange.getRequestMethod() + " " + exchange.getRequestURI();
    }
}
