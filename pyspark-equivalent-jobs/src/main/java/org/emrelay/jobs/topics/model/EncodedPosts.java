package org.emrelay.jobs.topics.model;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.topics.lda.Corpus;

/**
 * Posts as sequences of terms in the driver's memory, about 50 bytes each.
 *
 * @param train the posts to fit, without unknown words, and without posts that have too few known words
 * @param reference the posts to measure coherence on, with unknown words
 * @param holdsOut whether {@code reference} is held out from {@code train}; false if there are too few posts
 */
record EncodedPosts(Corpus train, Corpus reference, boolean holdsOut) {
    /** One of this many posts is held out. */
    static final int HELD_OUT = 5;

    /** With fewer held-out posts, coherence would be meaningless, so it is measured on all posts. */
    private static final int LEAST_HELD_OUT = 20;

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Encoded(long draw, int[] terms) {
        boolean isHeldOut() {
            return Math.floorMod(draw, HELD_OUT) == 0;
        }

        boolean hasKnown(int least) {
            int known = 0;
            for (int term : terms) {
                known += term == Corpus.UNKNOWN ? 0 : 1;
            }
            return known >= least;
        }
    }

    /** Collects posts in an order that is independent of their partitions. */
    static EncodedPosts collect(Dataset<Row> tokens, long count, TopicVocabulary vocabulary, TopicArguments arguments) {
        Broadcast<Map<String, Integer>> indexes =
                new JavaSparkContext(tokens.sparkSession().sparkContext()).broadcast(vocabulary.indexes());
        double share = Math.min(1, (double) arguments.fitPosts() / Math.max(1, count));
        List<byte[]> chunks = tokens.select(TokenizedPosts.DRAW, TokenizedPosts.TOKENS)
                .mapPartitions(
                        (MapPartitionsFunction<Row, byte[]>)
                                rows -> Collections.singleton(encoded(rows, indexes.value(), share))
                                        .iterator(),
                        Encoders.BINARY())
                .collectAsList();
        List<Encoded> posts = new ArrayList<>();
        chunks.forEach(chunk -> decode(ByteBuffer.wrap(chunk), posts));
        posts.sort(Comparator.comparingLong(Encoded::draw));
        boolean holdsOut =
                posts.stream().filter(Encoded::isHeldOut).limit(LEAST_HELD_OUT).count() == LEAST_HELD_OUT;
        return new EncodedPosts(
                corpus(
                                vocabulary,
                                posts,
                                post -> !(holdsOut && post.isHeldOut()) && post.hasKnown(arguments.minWords()))
                        .known(),
                corpus(vocabulary, posts, post -> !holdsOut || post.isHeldOut()),
                holdsOut);
    }

    private static byte[] encoded(Iterator<Row> rows, Map<String, Integer> indexes, double share) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        while (rows.hasNext()) {
            Row row = rows.next();
            long draw = row.getLong(0);
            if (share < 1 && (draw >>> 1) > share * Long.MAX_VALUE) {
                continue;
            }
            List<String> tokens = row.getList(1);
            out.writeLong(draw);
            out.writeInt(tokens.size());
            for (String token : tokens) {
                out.writeInt(indexes.getOrDefault(token, Corpus.UNKNOWN));
            }
        }
        return bytes.toByteArray();
    }

    private static void decode(ByteBuffer chunk, List<Encoded> posts) {
        while (chunk.hasRemaining()) {
            long draw = chunk.getLong();
            int[] terms = new int[chunk.getInt()];
            for (int i = 0; i < terms.length; i++) {
                terms[i] = chunk.getInt();
            }
            posts.add(new Encoded(draw, terms));
        }
    }

    private static Corpus corpus(TopicVocabulary vocabulary, List<Encoded> posts, Predicate<Encoded> included) {
        return Corpus.of(
                vocabulary.size(),
                posts.stream().filter(included).map(Encoded::terms).toList());
    }
}
