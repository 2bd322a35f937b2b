package org.emrelay.runner.platform.aws.client;

/** The services that are called, under the names that {@code AWS_ENDPOINT_URL_<SERVICE>} has for them. */
public enum AwsService {
    EC2,
    EMR,
    IAM,
    S3,
    SERVICE_QUOTAS,
    STS
}
