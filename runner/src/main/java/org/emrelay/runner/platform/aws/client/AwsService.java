package org.emrelay.runner.platform.aws.client;

/** The AWS services in use, named as in {@code AWS_ENDPOINT_URL_<SERVICE>}. */
public enum AwsService {
    EC2,
    EMR,
    IAM,
    S3,
    SERVICE_QUOTAS,
    STS
}
