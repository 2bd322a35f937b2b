package org.emrelay.jobs.topics.posts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emrelay.jobs.random.KeyedRandom;
import org.emrelay.jobs.topics.posts.SamplePost.Kind;

/** Generates each line from only the seed, its hour and its number. So any task can regenerate the original of a copy. */
final class SamplePosts {
    /** The epoch of X's ids, in milliseconds since 1970. */
    private static final long ID_EPOCH = 1_288_834_974_657L;

    private static final int ID_BITS = 22;
    private static final int TRIES = 20;
    private static final int KINDS = 1_000;
    private static final long MALFORMED_STREAM = 1L << 40;

    private final long seed;
    private final PostTimeline timeline;
    private final List<SampleTopic> topics;
    private final List<SampleTopic> all;
    private final PostText text = new PostText();
    private final Map<Integer, Hour> hours = new HashMap<>();

    /** The properties that all lines of an hour share. */
    private record Hour(long lines, long startMillis, TopicMix mix) {}

    /**
     * Generates posts about the first of the bundled topics.
     *
     * @param topics the number of topics, without the one that is new in the later hours
     */
    SamplePosts(long seed, PostTimeline timeline, int topics) {
        this.seed = seed;
        this.timeline = timeline;
        this.all = SampleTopic.all();
        this.topics = all.subList(0, topics);
    }

    private Hour hour(int hour) {
        return hours.computeIfAbsent(
                hour,
                number -> new Hour(
                        timeline.lines(number),
                        timeline.startMillis(number),
                        new TopicMix(topics.size(), number, timeline.isLater(number))));
    }

    /** Returns a line of an hour. */
    SamplePost line(int hour, long number) {
        KeyedRandom random = new KeyedRandom(seed, hour, number);
        Kind kind = Kind.of(random.nextBelow(KINDS));
        if (!kind.isCopy()) {
            return post(kind, hour, number, random);
        }
        return original(hour, number, random)
                .map(original -> copy(kind, original, hour, number, random))
                .orElseGet(() -> post(Kind.ORIGINAL, hour, number, random));
    }

    /** Returns an earlier post of this hour, or a post of the hour before. */
    private Optional<SamplePost> original(int hour, long number, KeyedRandom random) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            boolean isInHourBefore = hour > 0 && (number == 0 || random.nextBoolean(30));
            int of = isInHourBefore ? hour - 1 : hour;
            long bound = isInHourBefore ? hour(of).lines() : number;
            if (bound > 0) {
                long found = random.nextBelow(bound);
                KeyedRandom its = new KeyedRandom(seed, of, found);
                Kind kind = Kind.of(its.nextBelow(KINDS));
                if (kind.isCopied()) {
                    return Optional.of(post(kind, of, found, its));
                }
            }
        }
        return Optional.empty();
    }

    private SamplePost post(Kind kind, int hour, long number, KeyedRandom random) {
        SampleTopic topic = all.get(hour(hour).mix().topic(random));
        String lang = kind == Kind.FOREIGN ? text.language(random) : "en";
        String written = switch (kind) {
            case CHAT -> text.chat(random);
            case FOREIGN -> text.foreign(lang, random);
            case EMPTY -> "";
            case ONLY_URL -> text.url(random);
            default -> text.about(topic, topics, random);
        };
        boolean hasWords = kind.isCopied() || kind == Kind.MALFORMED;
        return new SamplePost(
                kind,
                id(hour, number),
                millis(hour, number),
                written,
                hasWords ? lang : "und",
                author(random),
                kind == Kind.ORIGINAL ? topic.name() : SamplePost.NO_TOPIC,
                null);
    }

    private SamplePost copy(Kind kind, SamplePost original, int hour, long number, KeyedRandom random) {
        if (kind == Kind.REPEATED) {
            return new SamplePost(
                    kind,
                    original.id(),
                    original.createdMillis(),
                    original.text(),
                    original.lang(),
                    original.author(),
                    original.topic(),
                    null);
        }
        boolean isRepost = kind == Kind.REPOST;
        return new SamplePost(
                kind,
                id(hour, number),
                millis(hour, number),
                isRepost
                        ? text.repost(original.text(), random)
                        : topic(original.topic())
                                .map(topic -> text.changed(original.text(), topic, random))
                                .orElseGet(() -> text.extended(original.text(), random)),
                original.lang(),
                author(random),
                original.topic(),
                isRepost ? original.id() : null);
    }

    private Optional<SampleTopic> topic(String name) {
        return all.stream().filter(topic -> topic.name().equals(name)).findFirst();
    }

    private static long author(KeyedRandom random) {
        return 1_000_000 + random.nextZipfRank(0, 18);
    }

    /** Returns the time of a line, which increases with its number. */
    private long millis(int hour, long number) {
        return hour(hour).startMillis()
                + number * PostTimeline.MILLIS_PER_HOUR / hour(hour).lines();
    }

    private long id(int hour, long number) {
        return ((millis(hour, number) - ID_EPOCH) << ID_BITS) | (number & ((1L << ID_BITS) - 1));
    }

    /** Returns a truncated line, or an error message in place of one. */
    String malformed(String line, int hour, long number) {
        KeyedRandom random = new KeyedRandom(seed, MALFORMED_STREAM + hour, number);
        return switch (random.nextBelow(3)) {
            case 0 -> line.substring(0, 10 + random.nextBelow(line.length() - 11));
            case 1 -> "HTTP 503 Service Unavailable, reconnecting";
            default -> line.substring(1);
        };
    }
}
