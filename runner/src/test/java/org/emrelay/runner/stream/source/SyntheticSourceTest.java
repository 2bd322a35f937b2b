package org.emrelay.runner.stream.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.model.StreamSource.Synthetic;
import org.emrelay.runner.stream.CorruptStreamException;
import org.emrelay.runner.stream.Position;
import org.emrelay.runner.stream.Post;
import org.emrelay.runner.stream.TickingClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SyntheticSourceTest {
    private static final Duration WAIT = Duration.ofMillis(200);

    private final TickingClock clock = new TickingClock("2026-12-01T10:00:00Z");

    private SyntheticSource source(@Nullable Double rate, long seed, @Nullable Long posts, @Nullable String position) {
        return new SyntheticSource(
                new Synthetic(rate, seed, posts), position == null ? null : new Position(position), clock, clock);
    }

    private static List<String> lines(SyntheticSource source, int count) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        while (lines.size() < count) {
            Optional<Post> post = source.read(WAIT);
            post.ifPresent(found -> lines.add(new String(found.line(), StandardCharsets.UTF_8)));
        }
        return lines;
    }

    @Test
    void generatesPostsOfTheShapeOfX() throws InterruptedException, MalformedJsonException {
        String line = lines(source(null, 1, null, null), 1).get(0);

        assertThat(line)
                .isEqualTo(
                        "{\"data\":{\"id\":\"2006515713440563869\",\"text\":\"Just saw a late train with my brother. #space\",\"author_id\":\"1000597\",\"created_at\":\"2026-01-01T00:00:00.000Z\",\"lang\":\"en\",\"edit_history_tweet_ids\":[\"2006515713440563869\"]}}");
        assertThat(JsonReader.read(line)).isInstanceOf(JsonObject.class);
    }

    @Test
    void theSameSeedGeneratesTheSamePosts() throws InterruptedException {
        List<String> lines = lines(source(null, 1, null, null), 50);

        assertThat(lines(source(null, 1, null, null), 50)).isEqualTo(lines);
        assertThat(lines(source(null, 2, null, null), 50)).doesNotContainAnyElementsOf(lines);
        assertThat(lines(source(null, 1, null, "20"), 30)).isEqualTo(lines.subList(20, 50));
    }

    @Test
    void idsAreUniqueAndGrow() throws InterruptedException {
        Set<String> ids = new HashSet<>();
        String last = "";
        for (String line : lines(source(null, 3, null, null), 1_000)) {
            String id = line.replaceAll(".*\"id\":\"(\\d+)\".*", "$1");
            assertThat(id).isGreaterThan(last);
            last = id;
            ids.add(id);
        }
        assertThat(ids).hasSize(1_000);
    }

    @Test
    void endsAfterItsPosts() throws InterruptedException {
        SyntheticSource source = source(null, 1, 2L, null);

        lines(source, 1);
        assertThat(source.isExhausted()).isFalse();
        lines(source, 1);
        assertThat(source.isExhausted()).isTrue();
        assertThat(source.read(WAIT)).isEmpty();
        assertThat(source(null, 1, 2L, "2").isExhausted()).isTrue();
        assertThat(source(null, 1, 2L, "5").isExhausted()).isTrue();
    }

    @Test
    void keepsToItsRate() throws InterruptedException {
        SyntheticSource source = source(2.0, 1, null, null);

        lines(source, 1);
        assertThat(source.read(WAIT)).isEmpty();
        assertThat(source.read(WAIT)).isEmpty();
        assertThat(source.read(WAIT)).isPresent();
        assertThat(clock.nanoTime()).isEqualTo(Duration.ofMillis(500).toNanos());
    }

    /** A reader that had to wait gets at most what one second brings. */
    @Test
    void makesUpForOneSecondAtMost() throws InterruptedException {
        SyntheticSource source = source(10.0, 1, null, null);
        lines(source, 1);
        clock.advance(Duration.ofHours(1));
        long before = clock.nanoTime();

        lines(source, 11);
        assertThat(clock.nanoTime()).isEqualTo(before);
        lines(source, 10);
        assertThat(clock.nanoTime() - before).isEqualTo(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void aPositionOfAnotherSourceIsReported() {
        assertThatThrownBy(() -> source(null, 1, null, "8 a.json"))
                .isInstanceOf(CorruptStreamException.class)
                .hasMessage("The position in the checkpoint is not valid for this source: \"8 a.json\". Restore the"
                        + " checkpoint from a backup, or delete it to start again as a new stream.");
    }
}
