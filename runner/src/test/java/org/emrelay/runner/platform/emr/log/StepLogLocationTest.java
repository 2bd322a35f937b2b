package org.emrelay.runner.platform.emr.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The location of a step's logs follows from the cluster's LogUri. */
final class StepLogLocationTest {

    private static String uri(String logUri) {
        return StepLogLocation.of(logUri, "j-1", "s-1")
                .map(StepLogLocation::uri)
                .orElse("none");
    }

    @Test
    void convertsTheS3nScheme() {
        assertThat(uri("s3n://bucket/a/b/")).isEqualTo("s3://bucket/a/b/j-1/steps/s-1/");
        assertThat(uri("s3://bucket/a/b")).isEqualTo("s3://bucket/a/b/j-1/steps/s-1/");
    }

    @Test
    void acceptsABucketWithoutAPrefix() {
        assertThat(uri("s3://bucket")).isEqualTo("s3://bucket/j-1/steps/s-1/");
        assertThat(uri("s3a://bucket/")).isEqualTo("s3://bucket/j-1/steps/s-1/");
    }

    @Test
    void isEmptyForAClusterWithoutLogs() {
        assertThat(uri("")).isEqualTo("none");
        assertThat(uri("file:///var/log")).isEqualTo("none");
    }
}
