package dev.netkb.api.rules;

/** How far the rules of a folder are trusted. */
public enum Trust {
    /** Tables, waivers, parameters, and rules within a small language that can do nothing but look at facts. */
    RESTRICTED,
    /** Any rule. Such a rule is Java: it can do whatever the process can, and a loop in it cannot be stopped. */
    FULL
}
