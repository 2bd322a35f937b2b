package org.emrelay.runner.fakeaws.emr;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.emrelay.runner.fakeaws.iam.Role;
import org.emrelay.runner.fakeaws.wire.JsonTrees;
import org.emrelay.runner.fakeaws.wire.Tree;

/** The encryption of EBS volumes: EC2 uses the KMS key on behalf of the service role, and gets a grant from it. */
record VolumeEncryption(EmrState emr, FakeCluster cluster) {
    /** Why EC2 cannot use the key of the volumes; empty if it can, or if there is no key of the account's own. */
    Optional<String> denial(Role serviceRole) {
        String key = key();
        return Stream.of("kms:GenerateDataKeyWithoutPlaintext", "kms:Decrypt", "kms:DescribeKey", "kms:CreateGrant")
                .flatMap(
                        action -> emr
                                .iam
                                .kms()
                                .denial(serviceRole, action, key, Map.of("kms:GrantIsForAWSResource", "true"))
                                .stream())
                .findFirst();
    }

    /** The key of the security configuration, or the account's default. */
    private String key() {
        EmrState.SecurityConfiguration configuration =
                emr.securityConfigurations.get(cluster.request.text("SecurityConfiguration", ""));
        Tree disks = configuration == null
                ? Tree.empty()
                : JsonTrees.read(configuration.text())
                        .tree("EncryptionConfiguration")
                        .tree("AtRestEncryptionConfiguration")
                        .tree("LocalDiskEncryptionConfiguration");
        return disks.isTrue("EnableEbsEncryption")
                ? disks.text("AwsKmsKey", "")
                : emr.ec2.ebsDefaultKey().orElse("");
    }
}
