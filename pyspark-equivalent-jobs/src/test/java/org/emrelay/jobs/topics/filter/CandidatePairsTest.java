package org.emrelay.jobs.topics.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

final class CandidatePairsTest {

    @Test
    void pairsTheMembersOfABucket() {
        assertThat(pairs(
                        0.8,
                        member(0, "a", 10),
                        member(0, "b", 10),
                        member(0, "c", 10),
                        member(7, "d", 10),
                        member(7, "e", 10)))
                .containsExactly("b-a", "c-a", "c-b", "e-d");
    }

    @Test
    void skipsTextsOfVeryDifferentLength() {
        assertThat(pairs(0.8, member(1, "a", 10), member(1, "b", 8), member(1, "c", 7)))
                .containsExactly("b-a", "c-b");
    }

    @Test
    void skipsTextsWhoseSketchesDifferTooMuch() {
        assertThat(pairs(
                        0.8,
                        member(1, "a", 9, 0b1_1111_1111),
                        member(1, "b", 9, 0b11_1111_1110),
                        member(1, "c", 9, 0b111_1111_1100)))
                .containsExactly("b-a", "c-b");
    }

    @Test
    void aLargeBucketHasABoundedNumberOfPairs() {
        int size = 1_000;
        List<String> pairs = pairs(
                0.8,
                IntStream.range(0, size)
                        .mapToObj(index -> member(1, "m" + index, 10))
                        .toArray(Row[]::new));

        assertThat(pairs)
                .doesNotHaveDuplicates()
                .hasSizeLessThan(size * 32)
                .contains("m999-m0", "m999-m998", "m32-m16");
        assertThat(pairs).filteredOn(pair -> pair.startsWith("m999-")).hasSize(32);
    }

    private static List<String> pairs(double similarity, Row... members) {
        List<String> pairs = new ArrayList<>();
        new CandidatePairs(List.of(members).iterator(), similarity)
                .forEachRemaining(row -> pairs.add(row.getString(1) + "-" + row.getString(3)));
        return pairs;
    }

    private static Row member(long band, String id, int shingles) {
        return member(band, id, shingles, 0b1111);
    }

    private static Row member(long band, String id, int shingles, long sketch) {
        return RowFactory.create(band, 0L, id, shingles, sketch);
    }
}
