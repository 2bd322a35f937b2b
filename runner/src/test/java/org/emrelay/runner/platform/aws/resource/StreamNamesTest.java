package org.emrelay.runner.platform.aws.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class StreamNamesTest {
    private static final AwsScope SCOPE = new AwsScope("aws", "ap-northeast-1", "123456789012", "bb26934c");

    private static StreamNames names(String stream) {
        return new StreamNames(SCOPE, stream);
    }

    @Test
    void namesAreDerivedFromWorkspaceAndName() {
        StreamNames names = names("launches");

        assertThat(names.deliveryStream()).isEqualTo("emrelay-bb26934c-ap-northeast-1-launches");
        assertThat(names.role()).isEqualTo("emrelay-bb26934c-ap-northeast-1-launches-firehose");
        assertThat(names.logGroup()).isEqualTo("/aws/kinesisfirehose/emrelay-bb26934c-ap-northeast-1-launches");
        assertThat(names.bucket()).isEqualTo("emrelay-posts-123456789012-ap-northeast-1-bb26934c-launches");
    }

    @Test
    void longNamesFitTheLimitsOfAws() {
        StreamNames names = names("a-name-that-is-much-too-long-for-a-role");

        assertThat(names.deliveryStream()).isEqualTo("emrelay-bb26934c-ap-northeast-1-a-name-th-6ffdc7");
        assertThat(names.role().length()).isLessThanOrEqualTo(64);
        assertThat(names.bucket().length()).isLessThanOrEqualTo(63);
    }

    /** No cluster has a role or bucket that a stream has, whatever their names. */
    @Test
    void noClusterHasTheSameNames() {
        for (String name : new String[] {"launches", "launches-firehose", "x-firehose", "posts-1", "posts"}) {
            ResourceNames cluster = new ResourceNames(SCOPE, name);
            assertThat(names(name).role()).isNotIn(cluster.serviceRole(), cluster.nodeRole());
            assertThat(names(name).bucket()).isNotEqualTo(cluster.bucket()).doesNotStartWith("emrelay-1");
        }
    }

    @Test
    void aResourceOfAClusterIsNotOwned() {
        StreamOwner owner = names("launches").owner();
        OwnerTags cluster = new OwnerTags("bb26934c", "launches");

        assertThat(owner.matches(owner.tags())).isTrue();
        assertThat(owner.matches(cluster.tags())).isFalse();
        assertThat(cluster.matches(owner.tags())).isFalse();
        assertThat(owner.matches(Map.of())).isFalse();
        assertThat(owner.matches(names("other").owner().tags())).isFalse();
    }
}
