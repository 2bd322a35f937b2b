package org.emrelay.runner.fakeaws;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.emrelay.runner.fakeaws.ec2.Ec2State;
import org.emrelay.runner.fakeaws.ec2.Networks;
import org.emrelay.runner.fakeaws.ec2.SecurityGroup;
import org.emrelay.runner.fakeaws.ec2.Subnet;
import org.emrelay.runner.fakeaws.ec2.Vpc;
import org.emrelay.runner.fakeaws.emr.EmrState;
import org.emrelay.runner.fakeaws.iam.IamState;
import org.emrelay.runner.fakeaws.s3.S3State;

/** What the account has before a test begins: whatever is made by these methods is foreign to the process under test. */
public final class Account {
    private final IamState iam;
    private final Ec2State ec2;
    private final S3State s3;
    private final EmrState emr;
    private final Networks networks;
    private final Object lock;
    private final String region;
    private Map<String, String> beginning = Map.of();

    Account(IamState iam, Ec2State ec2, S3State s3, EmrState emr, Object lock, String region) {
        this.iam = iam;
        this.ec2 = ec2;
        this.s3 = s3;
        this.emr = emr;
        this.networks = new Networks(ec2);
        this.lock = lock;
        this.region = region;
    }

    private <T> T foreign(Supplier<T> making) {
        synchronized (lock) {
            Map<String, String> before = inventory();
            T made = making.get();
            Map<String, String> more = new LinkedHashMap<>(beginning);
            inventory().forEach((name, content) -> {
                if (!content.equals(before.get(name))) {
                    more.put(name, content);
                }
            });
            beginning = more;
            return made;
        }
    }

    /** What every account has until its owner removes it: public subnets in three zones. */
    public Vpc defaultVpc() {
        return foreign(() -> networks.defaultVpc(List.of(region + "a", region + "b", region + "c")));
    }

    public Vpc vpc() {
        return foreign(networks::vpc);
    }

    public Subnet publicSubnet(Vpc vpc, String zone) {
        return foreign(() -> networks.publicSubnet(vpc, zone));
    }

    /** Without any way out. */
    public Subnet isolatedSubnet(Vpc vpc, String zone) {
        return foreign(() -> networks.isolatedSubnet(vpc, zone));
    }

    /** With a NAT gateway. */
    public Subnet natSubnet(Vpc vpc, String zone) {
        return foreign(() -> networks.natSubnet(vpc, zone));
    }

    /** With a gateway endpoint for S3. */
    public Subnet endpointSubnet(Vpc vpc, String zone) {
        return foreign(() -> networks.endpointSubnet(vpc, zone));
    }

    /** Takes the way to the internet from a VPC's main route table. */
    public void cutOff(Vpc vpc) {
        foreign(() -> {
            networks.cutOff(vpc);
            return vpc;
        });
    }

    public SecurityGroup securityGroup(Vpc vpc, String name) {
        return foreign(() -> networks.group(vpc, name));
    }

    /** A role that EMR has known for long. */
    public void role(String name) {
        foreign(() -> iam.addOld(name, "elasticmapreduce.amazonaws.com"));
    }

    /** A profile, and a role of the same name in it, that EMR has known for long. */
    public void instanceProfile(String name) {
        foreign(() -> iam.addOldProfile(name));
    }

    public void bucket(String name) {
        foreign(() -> s3.add(name, region));
    }

    /** One that somebody tagged; the tags as they stand in a request. */
    public void bucket(String name, String tagging) {
        foreign(() -> {
            s3.add(name, region).settings().put("tagging", tagging);
            return name;
        });
    }

    public void object(String bucket, String key, String text) {
        foreign(() -> {
            s3.write(bucket, key, text.getBytes(StandardCharsets.UTF_8));
            return key;
        });
    }

    public void keyPair(String name) {
        synchronized (lock) {
            ec2.keyPairs().add(name);
        }
    }

    /** Whatever exists by now is someone else's: for what a test made by calls of its own. */
    public void everythingIsForeign() {
        synchronized (lock) {
            beginning = inventory();
        }
    }

    /** A policy of the account's own, to attach or as a boundary. */
    public String policy(String name) {
        return iam.addPolicy(name);
    }

    Map<String, String> inventory() {
        Map<String, String> all = new LinkedHashMap<>();
        all.putAll(emr.inventory());
        all.putAll(ec2.inventory());
        all.putAll(iam.inventory());
        all.putAll(s3.inventory());
        return all;
    }

    /** What exists and did not in the beginning; an object in a bucket that did not is told by its bucket. */
    List<String> remaining() {
        List<String> remaining = new ArrayList<>();
        for (String name : inventory().keySet()) {
            boolean inNewBucket = name.startsWith("s3 object ") && !beginning.containsKey(bucketOf(name));
            if (!beginning.containsKey(name) && !inNewBucket) {
                remaining.add(name);
            }
        }
        return remaining;
    }

    private static String bucketOf(String object) {
        String path = object.substring("s3 object ".length());
        return "s3 bucket " + path.substring(0, path.indexOf('/'));
    }

    /** What was there in the beginning and is gone, or is no longer as it was. */
    List<String> changedOfTheBeginning() {
        Map<String, String> now = inventory();
        List<String> changed = new ArrayList<>();
        beginning.forEach((name, content) -> {
            if (!now.containsKey(name)) {
                changed.add(name + " is gone");
            } else if (!content.equals(now.get(name))) {
                changed.add(name + " was " + content + " and is " + now.get(name));
            }
        });
        return changed;
    }
}
