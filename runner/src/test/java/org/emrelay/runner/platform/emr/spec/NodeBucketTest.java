package org.emrelay.runner.platform.emr.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The buckets whose default keys the nodes need. */
final class NodeBucketTest {
    @ParameterizedTest
    @ValueSource(strings = {"company-elasticmapreduce-logs", "elasticmapreduce-logs", "logs"})
    void aBucketOfTheUserMayHaveAnyName(String bucket) {
        assertThat(NodeBucket.of(SampleClusters.small("\"LogUri\": \"s3://" + bucket + "/emr/\"")))
                .containsExactly(new NodeBucket(bucket, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"elasticmapreduce", "us-east-1.elasticmapreduce", "us-east-1.elasticmapreduce.samples"})
    void theBucketsOfEmrAreNotTheUsers(String bucket) {
        assertThat(NodeBucket.of(SampleClusters.small("""
                        "BootstrapActions": [
                          {"Name": "emr", "ScriptBootstrapAction": {"Path": "s3://%s/bootstrap-actions/run-if"}}]
                        """.formatted(bucket)))).isEmpty();
    }

    @Test
    void aBucketThatIsReadAndWrittenIsWritten() {
        assertThat(NodeBucket.of(SampleClusters.small("""
                        "LogUri": "s3://company/logs/", "BootstrapActions": [
                          {"Name": "prepare", "ScriptBootstrapAction": {"Path": "s3://company/prepare.sh"}}]
                        """))).containsExactly(new NodeBucket("company", true));
    }
}
