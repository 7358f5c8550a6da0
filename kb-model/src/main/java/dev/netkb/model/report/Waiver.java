package dev.netkb.model.report;

/** Why a violation is accepted, by whom, and until when (an ISO date). */
public record Waiver(String reason, String owner, String expires) {}
