package org.emrelay.runner.fakeaws;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.emrelay.runner.fakeaws.ec2.Ec2State;
import org.emrelay.runner.fakeaws.ec2.NetworkFixtures;
import org.emrelay.runner.fakeaws.ec2.SecurityGroup;
import org.emrelay.runner.fakeaws.ec2.Subnet;
import org.emrelay.runner.fakeaws.ec2.Vpc;
import org.emrelay.runner.fakeaws.emr.EmrState;
import org.emrelay.runner.fakeaws.firehose.FirehoseState;
import org.emrelay.runner.fakeaws.iam.IamState;
import org.emrelay.runner.fakeaws.logs.LogsState;
import org.emrelay.runner.fakeaws.s3.S3State;

/** Sets up resources that exist before a test begins. They are foreign to the process under test. */
public final class Account {
    private final IamState iam;
    private final Ec2State ec2;
    private final S3State s3;
    private final EmrState emr;
    private final FirehoseState firehose;
    private final LogsState logs;
    private final NetworkFixtures networks;
    private final Object lock;
    private final String region;
    private Map<String, String> foreignInventory = Map.of();

    Account(
            IamState iam,
            Ec2State ec2,
            S3State s3,
            EmrState emr,
            FirehoseState firehose,
            LogsState logs,
            Object lock,
            String region) {
        this.iam = iam;
        this.ec2 = ec2;
        this.s3 = s3;
        this.emr = emr;
        this.firehose = firehose;
        this.logs = logs;
        this.networks = new NetworkFixtures(ec2);
        this.lock = lock;
        this.region = region;
    }

    private <T> T recordForeign(Supplier<T> setup) {
        synchronized (lock) {
            Map<String, String> before = inventory();
            T created = setup.get();
            Map<String, String> extended = new LinkedHashMap<>(foreignInventory);
            inventory().forEach((name, content) -> {
                if (!content.equals(before.get(name))) {
                    extended.put(name, content);
                }
            });
            foreignInventory = extended;
            return created;
        }
    }

    /** The default VPC of a new account, with public subnets in three zones. */
    public Vpc defaultVpc() {
        return recordForeign(() -> networks.defaultVpc(List.of(region + "a", region + "b", region + "c")));
    }

    public Vpc vpc() {
        return recordForeign(networks::vpc);
    }

    public Subnet publicSubnet(Vpc vpc, String zone) {
        return recordForeign(() -> networks.publicSubnet(vpc, zone));
    }

    /** A public subnet whose instances get no public IP addresses. */
    public Subnet publicSubnetWithoutAddresses(Vpc vpc, String zone) {
        return recordForeign(() -> networks.publicSubnetWithoutAddresses(vpc, zone));
    }

    /** A subnet with the local route only. */
    public Subnet isolatedSubnet(Vpc vpc, String zone) {
        return recordForeign(() -> networks.isolatedSubnet(vpc, zone));
    }

    /** A private subnet with a route to a NAT gateway. */
    public Subnet natSubnet(Vpc vpc, String zone) {
        return recordForeign(() -> networks.natSubnet(vpc, zone));
    }

    /** A private subnet with a gateway endpoint for S3. */
    public Subnet endpointSubnet(Vpc vpc, String zone) {
        return recordForeign(() -> networks.endpointSubnet(vpc, zone));
    }

    /** A private subnet with a gateway endpoint for S3 that has this policy. */
    public Subnet endpointSubnet(Vpc vpc, String zone, String policy) {
        return recordForeign(() -> networks.endpointSubnet(vpc, zone, policy));
    }

    /** Removes the internet route from a VPC's main route table. */
    public void removeInternetRoute(Vpc vpc) {
        recordForeign(() -> {
            networks.removeInternetRoute(vpc);
            return vpc;
        });
    }

    /** Switches off a DNS attribute of a VPC: {@code enableDnsSupport} or {@code enableDnsHostnames}. */
    public void disableDns(Vpc vpc, String attribute) {
        recordForeign(() -> {
            networks.disableDns(vpc, attribute);
            return vpc;
        });
    }

    public SecurityGroup securityGroup(Vpc vpc, String name) {
        return recordForeign(() -> networks.securityGroup(vpc, name));
    }

    /** A role that has propagated to EMR. */
    public void role(String name) {
        recordForeign(() -> iam.addServiceRole(name));
    }

    /** An instance profile with a role of the same name, both propagated to EMR. */
    public void instanceProfile(String name) {
        recordForeign(() -> iam.addPropagatedProfile(name));
    }

    public void bucket(String name) {
        recordForeign(() -> s3.addBucket(name, region));
    }

    /** A bucket that encrypts new objects with a KMS key; {@code key} is an ARN, an id, an alias, or empty for none. */
    public void encryptedBucket(String name, String key) {
        String keyId = key.isEmpty() ? "" : "<KMSMasterKeyID>" + key + "</KMSMasterKeyID>";
        recordForeign(() -> {
            s3.addBucket(name, region).settings().put("encryption", """
                            <ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>\
                            <SSEAlgorithm>aws:kms</SSEAlgorithm>%s</ApplyServerSideEncryptionByDefault></Rule>\
                            </ServerSideEncryptionConfiguration>""".formatted(keyId));
            return name;
        });
    }

    public void bucketIn(String otherRegion, String name) {
        recordForeign(() -> s3.addBucket(name, otherRegion));
    }

    /** A tagged bucket; {@code tagging} is the XML body of a PutBucketTagging request. */
    public void bucket(String name, String tagging) {
        recordForeign(() -> {
            s3.addBucket(name, region).settings().put("tagging", tagging);
            return name;
        });
    }

    public void object(String bucket, String key, String text) {
        recordForeign(() -> {
            s3.write(bucket, key, text.getBytes(StandardCharsets.UTF_8));
            return key;
        });
    }

    public void deliveryStream(String name) {
        recordForeign(() -> firehose.addStream(name));
    }

    public void logGroup(String name) {
        recordForeign(() -> {
            logs.addGroup(name);
            return name;
        });
    }

    public void keyPair(String name) {
        synchronized (lock) {
            ec2.keyPairs().add(name);
        }
    }

    /** Marks everything that exists now as foreign, for resources that a test created with calls of its own. */
    public void markAllForeign() {
        synchronized (lock) {
            foreignInventory = inventory();
        }
    }

    /** A customer managed policy, to attach or to use as a permissions boundary. */
    public String managedPolicy(String name) {
        return iam.addPolicy(name);
    }

    Map<String, String> inventory() {
        Map<String, String> all = new LinkedHashMap<>();
        all.putAll(emr.inventory());
        all.putAll(ec2.inventory());
        all.putAll(iam.inventory());
        all.putAll(s3.inventory());
        all.putAll(firehose.inventory());
        all.putAll(logs.inventory());
        return all;
    }

    /** Resources that are not foreign. Objects in a bucket that is not foreign are represented by the bucket. */
    List<String> remaining() {
        List<String> remaining = new ArrayList<>();
        for (String name : inventory().keySet()) {
            boolean inNewBucket = name.startsWith("s3 object ") && !foreignInventory.containsKey(bucketOf(name));
            if (!foreignInventory.containsKey(name) && !inNewBucket) {
                remaining.add(name);
            }
        }
        return remaining;
    }

    private static String bucketOf(String object) {
        String path = object.substring("s3 object ".length());
        return "s3 bucket " + path.substring(0, path.indexOf('/'));
    }

    /** Foreign resources that were deleted or changed. */
    List<String> foreignChanges() {
        Map<String, String> now = inventory();
        List<String> changed = new ArrayList<>();
        foreignInventory.forEach((name, content) -> {
            if (!now.containsKey(name)) {
                changed.add(name + " was deleted");
            } else if (!content.equals(now.get(name))) {
                changed.add(name + " changed from " + content + " to " + now.get(name));
            }
        });
        return changed;
    }
}
