package org.emrelay.runner.platform.aws.client;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.InstanceFleetConfig;
import software.amazon.awssdk.services.emr.model.InstanceTypeConfig;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Runs the requests that create a cluster through the SDK without sending them.
 *
 * <p>The first use of each SDK operation takes tens of milliseconds. Warming up hides that behind the first
 * responses. The credentials are dummies, because resolving the user's may cost a call.
 */
final class SdkWarmup {
    private static final AwsRequestOverrideConfiguration NOT_SENT = AwsRequestOverrideConfiguration.builder()
            .putHeader(WarmupHttpClient.NOT_SENT, "yes")
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("dummy", "dummy")))
            .build();

    private static final String NAME = "warmup";

    private SdkWarmup() {}

    static void of(S3Client s3) {
        s3.createBucket(request -> request.bucket(NAME).overrideConfiguration(NOT_SENT));
        s3.putPublicAccessBlock(request -> request.bucket(NAME)
                .publicAccessBlockConfiguration(block -> block.blockPublicAcls(true))
                .overrideConfiguration(NOT_SENT));
        s3.putObject(
                request -> request.bucket(NAME).key(NAME).ifNoneMatch("*").overrideConfiguration(NOT_SENT),
                RequestBody.fromString(NAME));
    }

    static void of(IamClient iam) {
        iam.createRole(request -> request.roleName(NAME)
                .assumeRolePolicyDocument("{}")
                .tags(Tag.builder().key(NAME).value(NAME).build())
                .overrideConfiguration(NOT_SENT));
    }

    static void of(Ec2Client ec2) {
        ec2.createSecurityGroup(
                request -> request.groupName(NAME).description(NAME).overrideConfiguration(NOT_SENT));
    }

    static void of(EmrClient emr) {
        InstanceFleetConfig fleet = InstanceFleetConfig.builder()
                .instanceTypeConfigs(
                        InstanceTypeConfig.builder().instanceType("m5.xlarge").build())
                .build();
        emr.runJobFlow(request -> request.name(NAME)
                .instances(instances -> instances.instanceFleets(fleet))
                .overrideConfiguration(NOT_SENT));
    }
}
