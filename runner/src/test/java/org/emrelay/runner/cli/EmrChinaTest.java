package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.emrelay.runner.fakeaws.FakeAws;
import org.emrelay.runner.fakeaws.iam.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Regions of the partition aws-cn, whose service principals have another domain. */
final class EmrChinaTest {
    @TempDir
    Path directory;

    @Test
    void createsAndTerminatesACluster() {
        try (EmrCliFixture emr = new EmrCliFixture(directory, "cn-north-1")) {
            assertThat(emr.create().code()).isZero();

            Role service = role(emr.aws(), "-service");
            assertThat(service.trustPolicy()).contains("\"Service\":\"elasticmapreduce.amazonaws.com.cn\"");
            assertThat(service.inlinePolicies().get("emrelay"))
                    .contains("\"StringLike\":{\"iam:PassedToService\":\"ec2.amazonaws.com*\"}")
                    .doesNotContain("arn:aws:");
            Role nodes = role(emr.aws(), "-nodes");
            assertThat(nodes.trustPolicy()).contains("\"Service\":\"ec2.amazonaws.com.cn\"");
            assertThat(nodes.inlinePolicies().get("emrelay")).doesNotContain("arn:aws:");
            assertThat(emr.terminate("--delete-bucket").code()).isZero();
            assertThat(emr.aws().remaining()).isEmpty();
            assertThat(emr.aws().calls().defects()).isEmpty();
        }
    }

    private static Role role(FakeAws aws, String suffix) {
        return aws.inspect(() -> aws.iam().roles().values().stream()
                .filter(role -> role.name().endsWith(suffix))
                .findFirst()
                .orElseThrow());
    }
}
