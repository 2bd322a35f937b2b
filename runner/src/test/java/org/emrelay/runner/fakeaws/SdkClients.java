package org.emrelay.runner.fakeaws;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

/** SDK clients of the fake without retries: a test sees exactly what the server returned. */
public final class SdkClients implements AutoCloseable {
    private final URI endpoint;
    private final URI nodeS3Endpoint;
    private final Region region;

    @SuppressWarnings("deprecation")
    private final SdkHttpClient http =
            ApacheHttpClient.builder().socketTimeout(Duration.ofSeconds(20)).build();

    public SdkClients(FakeAws aws) {
        this(aws, "us-east-1");
    }

    public SdkClients(FakeAws aws, String region) {
        this.endpoint = aws.endpoint();
        this.nodeS3Endpoint = aws.nodeS3Endpoint();
        this.region = Region.of(region);
    }

    public EmrClient emr() {
        return of(EmrClient.builder().httpClient(http));
    }

    public IamClient iam() {
        return of(IamClient.builder().httpClient(http));
    }

    public Ec2Client ec2() {
        return of(Ec2Client.builder().httpClient(http));
    }

    public FirehoseClient firehose() {
        return of(FirehoseClient.builder().httpClient(http));
    }

    public CloudWatchLogsClient logs() {
        return of(CloudWatchLogsClient.builder().httpClient(http));
    }

    public StsClient sts() {
        return of(StsClient.builder().httpClient(http));
    }

    public S3Client s3() {
        return of(S3Client.builder().httpClient(http));
    }

    /** As a process on a node with this instance profile. */
    public S3Client s3OfNode(String instanceProfile) {
        return S3Client.builder()
                .httpClient(http)
                .endpointOverride(nodeS3Endpoint)
                .region(region)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(instanceProfile, "secret")))
                .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    private <B extends AwsClientBuilder<B, C>, C> C of(B builder) {
        return builder.endpointOverride(endpoint)
                .region(region)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    @Override
    public void close() {
        http.close();
    }
}
