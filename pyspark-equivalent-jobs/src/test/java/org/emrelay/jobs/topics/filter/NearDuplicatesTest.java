package org.emrelay.jobs.topics.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.random.KeyedRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class NearDuplicatesTest {
    private static final double SIMILARITY = 0.7;
    private static final StructType SCHEMA = StructType.fromDDL("id string, time timestamp, text string");

    /** A new post, or an earlier one with up to two of its words replaced. */
    private static List<String> texts(int count) {
        List<String> texts = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            KeyedRandom random = new KeyedRandom(7, 0, index);
            if (index == 0 || random.nextBoolean(50)) {
                int length = 4 + random.nextBelow(24);
                List<String> words = new ArrayList<>();
                for (int word = 0; word < length; word++) {
                    words.add("w" + random.nextZipfRank(2, 9));
                }
                texts.add(String.join(" ", words));
            } else {
                String[] words = texts.get(random.nextBelow(index)).split(" ");
                for (int replaced = random.nextBelow(3); replaced > 0; replaced--) {
                    words[random.nextBelow(words.length)] = "x" + random.nextBelow(1_000);
                }
                texts.add(String.join(" ", words));
            }
        }
        return texts.stream().distinct().toList();
    }

    private static List<NearDuplicate> find(List<Row> rows, int partitions) {
        Dataset<Row> posts = LocalSpark.session().createDataFrame(rows, SCHEMA).repartition(partitions);
        return new NearDuplicates(SIMILARITY, 1).find(posts);
    }

    private static List<Row> rows(List<String> texts) {
        List<Row> rows = new ArrayList<>();
        for (int index = 0; index < texts.size(); index++) {
            // Several posts per second: the id decides.
            rows.add(RowFactory.create(id(index), new Timestamp(index / 5 * 1_000L), texts.get(index)));
        }
        return rows;
    }

    private static String id(int index) {
        return String.format("p%05d", index);
    }

    @Test
    void findsTheSameAsAComparisonOfAllPairs() {
        List<String> texts = texts(600);

        List<NearDuplicate> found = find(rows(texts), 3);

        Map<String, String> expected = originals(texts);
        assertThat(expected).hasSizeGreaterThan(60);
        assertThat(found).hasSizeGreaterThan(expected.size() * 97 / 100).allSatisfy(duplicate -> {
            assertThat(duplicate.similarity()).isGreaterThanOrEqualTo(SIMILARITY);
            assertThat(expected).containsKey(duplicate.id());
        });
    }

    @Test
    void partitionsAndOrderMakeNoDifference() {
        List<Row> rows = rows(texts(200));
        List<Row> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(3));

        assertThat(find(shuffled, 5)).isEqualTo(find(rows, 1)).isNotEmpty();
    }

    @Test
    void textsWithTooFewPairsAreNotCompared() {
        assertThat(NearDuplicates.fewestShingles(0.8)).isEqualTo(4);
        assertThat(NearDuplicates.fewestShingles(0.5)).isEqualTo(1);
        assertThat(NearDuplicates.fewestShingles(0.7)).isEqualTo(3);
    }

    /** Applies the definition: similar to an earlier post that is kept. */
    private static Map<String, String> originals(List<String> texts) {
        List<Shingles> shingles = texts.stream().map(Shingles::of).toList();
        Map<String, String> originals = new LinkedHashMap<>();
        for (int later = 0; later < texts.size(); later++) {
            double best = SIMILARITY;
            for (int earlier = later - 1; earlier >= 0; earlier--) {
                double similarity = shingles.get(later).similarity(shingles.get(earlier));
                if (similarity >= best && !originals.containsKey(id(earlier))) {
                    best = similarity;
                    originals.put(id(later), id(earlier));
                }
            }
        }
        return originals;
    }
}
