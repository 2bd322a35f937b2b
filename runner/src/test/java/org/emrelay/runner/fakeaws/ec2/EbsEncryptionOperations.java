package org.emrelay.runner.fakeaws.ec2;

import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Operations;

/** Reads whether EC2 encrypts new EBS volumes by default, and with which key. */
final class EbsEncryptionOperations {
    /** The key of an account that has never set one. */
    private static final String AWS_MANAGED_KEY = "alias/aws/ebs";

    private final Ec2State ec2;

    EbsEncryptionOperations(Ec2State ec2) {
        this.ec2 = ec2;
    }

    void addTo(Operations operations) {
        operations
                .add(
                        "GetEbsEncryptionByDefault",
                        request -> Fields.of(
                                "ebsEncryptionByDefault", ec2.ebsDefaultKey().isPresent()))
                .add(
                        "GetEbsDefaultKmsKeyId",
                        request -> Fields.of("kmsKeyId", ec2.ebsDefaultKey().orElse(AWS_MANAGED_KEY)));
    }
}
