package org.emrelay.runner.platform.emr.blueprint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A security configuration that is to be made: the nodes' metadata only by sessions (IMDSv2), and disks encrypted where the file names a key. */
public record SecurityConfigurationSpec(String name, Map<String, Object> document) {
    public SecurityConfigurationSpec {
        Objects.requireNonNull(name, "name");
        document = Collections.unmodifiableMap(new LinkedHashMap<>(document));
    }

    static SecurityConfigurationSpec of(String name, @Nullable String diskKey) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("MinimumInstanceMetadataServiceVersion", 2);
        metadata.put("HttpPutResponseHopLimit", 1);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("InstanceMetadataServiceConfiguration", metadata);
        if (diskKey != null) {
            document.put("EncryptionConfiguration", encryption(diskKey));
        }
        return new SecurityConfigurationSpec(name, document);
    }

    private static Map<String, Object> encryption(String diskKey) {
        Map<String, Object> disks = new LinkedHashMap<>();
        disks.put("EncryptionKeyProviderType", "AwsKms");
        disks.put("AwsKmsKey", diskKey);
        disks.put("EnableEbsEncryption", true);
        Map<String, Object> encryption = new LinkedHashMap<>();
        encryption.put("EnableInTransitEncryption", false);
        encryption.put("EnableAtRestEncryption", true);
        encryption.put("AtRestEncryptionConfiguration", Map.of("LocalDiskEncryptionConfiguration", disks));
        return encryption;
    }
}
