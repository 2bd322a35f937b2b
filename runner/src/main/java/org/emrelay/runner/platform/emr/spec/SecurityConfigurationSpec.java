package org.emrelay.runner.platform.emr.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
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
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("MinimumInstanceMetadataServiceVersion", 2);
        metadata.put("HttpPutResponseHopLimit", 1);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("InstanceMetadataServiceConfiguration", metadata);
        if (ebsKey != null) {
            document.put("EncryptionConfiguration", encryption(ebsKey));
        }
        return new SecurityConfigurationSpec(name, document);
    }

    private static Map<String, Object> encryption(String ebsKey) {
        Map<String, Object> localDisks = new LinkedHashMap<>();
        localDisks.put("EncryptionKeyProviderType", "AwsKms");
        localDisks.put("AwsKmsKey", ebsKey);
        localDisks.put("EnableEbsEncryption", true);
        Map<String, Object> encryption = new LinkedHashMap<>();
        encryption.put("EnableInTransitEncryption", false);
        encryption.put("EnableAtRestEncryption", true);
        encryption.put("AtRestEncryptionConfiguration", Map.of("LocalDiskEncryptionConfiguration", localDisks));
        return encryption;
    }
}
