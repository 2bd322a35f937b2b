package org.emrelay.runner.platform.emr.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The place of a step's logs follows from what EMR says of the cluster. */
final class StepPlaceTest {

    private static String uri(String logUri) {
        return StepPlace.of(logUri, "j-1", "s-1").map(StepPlace::uri).orElse("none");
    }

    @Test
    void emrsOwnSchemeIsAmazonsToo() {
        assertThat(uri("s3n://bucket/a/b/")).isEqualTo("s3://bucket/a/b/j-1/steps/s-1/");
        assertThat(uri("s3://bucket/a/b")).isEqualTo("s3://bucket/a/b/j-1/steps/s-1/");
    }

    @Test
    void aBucketNeedsNoPrefix() {
        assertThat(uri("s3://bucket")).isEqualTo("s3://bucket/j-1/steps/s-1/");
        assertThat(uri("s3a://bucket/")).isEqualTo("s3://bucket/j-1/steps/s-1/");
    }

    @Test
    void aClusterWithoutLogsHasNone() {
        assertThat(uri("")).isEqualTo("none");
        assertThat(uri("file:///var/log")).isEqualTo("none");
    }
}
