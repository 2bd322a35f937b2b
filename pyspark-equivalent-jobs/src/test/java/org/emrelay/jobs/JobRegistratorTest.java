package org.emrelay.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.serializer.KryoSerializer;
import org.emrelay.jobs.classification.models.ModelKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
final class JobRegistratorTest {

    @Test
    void tasksUseKryo() {
        LocalSpark.session();

        assertThat(SparkEnv.get().serializer()).isInstanceOf(KryoSerializer.class);
    }

    @Test
    void kryoCopiesEverySerializableRecordOfTheJobs() throws Exception {
        List<Class<?>> records = SampleRecords.classes().stream()
                .filter(Serializable.class::isAssignableFrom)
                .toList();

        assertThat(records).hasSizeGreaterThan(15);
        for (Class<?> type : records) {
            Object sample = SampleRecords.create(type);
            // By its text: a broadcast variable equals only itself.
            assertThat(LocalSpark.copied(sample))
                    .as(type.getName())
                    .hasSameClassAs(sample)
                    .hasToString(sample.toString());
        }
    }

    @Test
    void kryoCopiesValuesOfTheJdk() {
        List<Object> values = List.of(
                List.of(),
                List.of(1),
                List.of(1, 2, 3),
                Stream.of(1, 2).toList(),
                Set.of(),
                Set.of(1),
                Set.of(1, 2, 3),
                Map.of(),
                Map.of(1, 2),
                Map.of(1, 2, 3, 4),
                Arrays.asList(1, 2),
                Collections.unmodifiableList(Arrays.asList(1, 2)),
                Collections.unmodifiableMap(Map.of(1, 2)),
                Collections.emptyList(),
                new EnumMap<>(Map.of(ModelKind.LR, 1)),
                ModelKind.LR,
                Optional.of(1),
                Optional.empty(),
                Duration.ofDays(1));

        for (Object value : values) {
            assertThat(LocalSpark.copied(value)).as(value.getClass().getName()).isEqualTo(value);
        }
    }

    @Test
    void kryoCopiesLambdas() {
        String captured = "captured";
        Supplier<String> lambda = (Supplier<String> & Serializable) () -> captured;

        assertThat(((Supplier<?>) LocalSpark.copied(lambda)).get()).isEqualTo("captured");
    }

    @Test
    void theRegistratorsOfSparkSubmitStay() {
        assertThat(JobSession.registrators("")).isEqualTo("org.emrelay.jobs.JobRegistrator");
        assertThat(JobSession.registrators("a.B,c.D")).isEqualTo("a.B,c.D,org.emrelay.jobs.JobRegistrator");
    }

    @Test
    void allJobsCreateTheirSessionsThroughJobSession() throws Exception {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            assertThat(sources.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> contains(file, "SparkSession.builder(")))
                    .containsExactly(Path.of("src/main/java/org/emrelay/jobs/JobSession.java"));
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
