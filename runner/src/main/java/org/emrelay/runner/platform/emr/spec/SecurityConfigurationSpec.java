package org.emrelay.runner.platform.emr.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.json.JsonMap;
import org.jspecify.annotations.Nullable;

/**
 * The specification of an EMR security configuration. It requires IMDSv2, and encrypts EBS volumes if the cluster
 * file names a KMS key.
 */
public record SecurityConfigurationSpec(String name, Map<String, Object> document) {
    public SecurityConfigurationSpec {
        Objects.requireNonNull(name, "name");
        document = Collections.unmodifiableMap(new LinkedHashMap<>(document));
    }

    static SecurityConfigurationSpec of(String name, @Nullable String ebsKey) {
        JsonMap metadata =
                new JsonMap().with("MinimumInstanceMetadataServiceVersion", 2).with("HttpPutResponseHopLimit", 1);
        return new SecurityConfigurationSpec(
                name,
                new JsonMap()
                        .with("InstanceMetadataServiceConfiguration", metadata)
                        .with("EncryptionConfiguration", ebsKey == null ? null : encryption(ebsKey)));
    }

    private static Map<String, Object> encryption(String ebsKey) {
        JsonMap localDisks = new JsonMap()
                .with("EncryptionKeyProviderType", "AwsKms")
                .with("AwsKmsKey", ebsKey)
                .with("EnableEbsEncryption", true);
        return new JsonMap()
                .with("EnableInTransitEncryption", false)
                .with("EnableAtRestEncryption", true)
                .with("AtRestEncryptionConfiguration", Map.of("LocalDiskEncryptionConfiguration", localDisks));
    }
}
