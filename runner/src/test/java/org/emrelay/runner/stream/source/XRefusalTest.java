package org.emrelay.runner.stream.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.runner.stream.source.XFixture.answer;
import static org.emrelay.runner.stream.source.XFixture.chunks;
import static org.emrelay.runner.stream.source.XFixture.post;
import static org.emrelay.runner.stream.source.XFixture.read;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.StreamSource;
import org.emrelay.runner.stream.StreamException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What X, or the source itself, refuses. */
@Timeout(60)
class XRefusalTest {
    private final XFixture fixture = new XFixture();

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    void saysThatATokenIsRefusedWithoutShowingIt() throws Exception {
        XSource source = fixture.source(fixture.x(), "another-secret", "spacex");

        assertThatThrownBy(() -> source.read(Duration.ofSeconds(20)))
                .isInstanceOf(StreamException.class)
                .hasMessage("X rejected the bearer token in X_TOKEN (HTTP 401: Unauthorized: Unauthorized). Set the"
                        + " variable to a valid token, from X's developer console.");
    }

    @Test
    void saysWhatTheUserMustDoAboutOtherRefusals() throws Exception {
        assertThat(refusal(402, "{\"title\":\"CreditsDepleted\",\"detail\":\"for " + FakeX.TOKEN + "\"}"))
                .isEqualTo("The app of the bearer token in X_TOKEN has no credits left on X (HTTP 402:"
                        + " CreditsDepleted: for ***). Buy credits in X's developer console.");
        assertThat(refusal(403, "{\"title\":\"Client Forbidden\"}"))
                .isEqualTo(
                        "X does not allow the app of the bearer token in X_TOKEN to use the filtered stream (HTTP 403:"
                                + " Client Forbidden). Check its access in X's developer console.");
        assertThat(refusal(404, "nginx"))
                .isEqualTo(
                        "X rejected GET /2/tweets/search/stream (HTTP 404: nginx). Check \"url\" in the stream file.");
        assertThat(refusal(302, ""))
                .isEqualTo("X rejected GET /2/tweets/search/stream (HTTP 302). Check \"url\" in the stream file.");
        assertThat(refusal(
                        429, "{\"title\":\"UsageCapExceeded\",\"type\":\"https://api.x.com/2/problems/usage-capped\"}"))
                .isEqualTo(
                        "The app has exhausted its quota of posts on X (HTTP 429: UsageCapExceeded). Raise the limit in"
                                + " X's developer console, or wait for the next billing period.");
    }

    private String refusal(int status, String body) throws Exception {
        XSource source = fixture.source(fixture.x(answer(status, body)));
        try {
            source.read(Duration.ofSeconds(20));
            return "no refusal: " + source.status();
        } catch (StreamException exception) {
            return exception.message();
        }
    }

    @Test
    void readsOnlyTheStartOfAnEndlessError() throws Exception {
        FakeX x = fixture.x(
                peer -> {
                    peer.send("HTTP/1.1 500 Error\r\n\r\n");
                    while (true) {
                        peer.send("x".repeat(1 << 16));
                    }
                },
                chunks(post(1) + "\n"));

        assertThat(read(fixture.source(x), 1)).containsExactly(post(1));
    }

    @Test
    void refusesAnAbsentOrBrokenTokenAndAnOpenUrl() {
        StreamSource.X source = new StreamSource.X(URI.create("https://api.x.com/2"), "X_TOKEN");

        assertThatThrownBy(() -> open(source, Map.of()))
                .hasMessage("The environment variable X_TOKEN is not set. Set it to the bearer token of your app, from"
                        + " X's developer console.");
        assertThatThrownBy(() -> open(source, Map.of("X_TOKEN", "two secrets")))
                .hasMessage("The environment variable X_TOKEN is not a bearer token, because it contains spaces or"
                        + " non-ASCII characters. Copy the token again from X's developer console.");
        assertThatThrownBy(() ->
                        open(new StreamSource.X(URI.create("http://api.x.com/2"), "X_TOKEN"), Map.of("X_TOKEN", "a\n")))
                .hasMessage("The \"url\" of source \"x\" does not use https, and would expose the bearer token."
                        + " Correct it in the stream file.");
    }

    private XSource open(StreamSource.X source, Map<String, String> environment) {
        return XSource.open(
                "launches", source, List.of("spacex"), List.of(), environment, fixture.time(), fixture.time());
    }
}
