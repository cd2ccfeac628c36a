//! The registry. A rule that is not listed here does not exist.

mod agreement_expired;
mod always_true_definition;
mod ambiguous_route;
mod bare_days;
mod blank_unhandled;
mod calendar_file;
mod calendar_missing;
mod calendar_too_short;
mod capacity_infeasible;
mod channel_too_slow;
mod commitment_circle;
mod config;
mod dead_end_stage;
mod deadline_outside_hours;
mod definition_cycle;
mod definition_group_gap;
mod definitions_overlap;
mod different_starts;
mod different_targets;
mod duplicate_clause;
mod duplicate_name;
mod duty_vs_prohibition;
mod end_to_end_too_short;
mod equivalent_definitions;
mod escalation_before_breach;
mod exception_never_applies;
mod exception_swallows_rule;
mod expired_allow;
mod impossible_definition;
mod impossible_trigger;
mod incompatible_deadlines;
mod invalid_allow;
mod invalid_value;
mod missing_clause;
mod missing_exit;
mod no_channel;
mod no_contingency;
mod no_effective_dates;
mod no_review;
mod not_enforced;
mod output_conflict;
mod overlapping_exits;
mod placeholder_left;
mod quota_below_goal;
mod redundant_condition;
mod reminder_before_start;
mod reporting_circle;
mod review_overdue;
mod route_to_nobody;
mod scenario_fails;
mod step_out_of_order;
mod subset_not_declared;
mod syntax;
mod target_granularity;
mod target_unreachable;
mod timezone_missing;
mod type_mismatch;
mod unbounded_wait;
mod undefined_name;
mod unit_mismatch;
mod unknown_stage;
mod unknown_value;
mod unmeasurable_commitment;
mod unmeasured_stage;
mod unreachable_route;
mod unreachable_stage;
mod unreadable_file;
mod unused_allow;
mod unused_name;
mod use_not_found;
mod volume_without_quality;
mod wait_past_deadline;

use super::Rule;

/// Every rule, by name.
pub static ALL: &[&Rule] = &[
    &agreement_expired::RULE,
    &always_true_definition::RULE,
    &ambiguous_route::RULE,
    &bare_days::RULE,
    &blank_unhandled::RULE,
    &calendar_file::RULE,
    &calendar_missing::RULE,
    &calendar_too_short::RULE,
    &capacity_infeasible::RULE,
    &channel_too_slow::RULE,
    &commitment_circle::RULE,
    &config::RULE,
    &dead_end_stage::RULE,
    &deadline_outside_hours::RULE,
    &definition_cycle::RULE,
    &definition_group_gap::RULE,
    &definitions_overlap::RULE,
    &different_starts::RULE,
    &different_targets::RULE,
    &duplicate_clause::RULE,
    &duplicate_name::RULE,
    &duty_vs_prohibition::RULE,
    &end_to_end_too_short::RULE,
    &equivalent_definitions::RULE,
    &escalation_before_breach::RULE,
    &exception_never_applies::RULE,
    &exception_swallows_rule::RULE,
    &expired_allow::RULE,
    &impossible_definition::RULE,
    &impossible_trigger::RULE,
    &incompatible_deadlines::RULE,
    &invalid_allow::RULE,
    &invalid_value::RULE,
    &missing_clause::RULE,
    &missing_exit::RULE,
    &no_channel::RULE,
    &no_contingency::RULE,
    &no_effective_dates::RULE,
    &no_review::RULE,
    &not_enforced::RULE,
    &output_conflict::RULE,
    &overlapping_exits::RULE,
    &placeholder_left::RULE,
    &quota_below_goal::RULE,
    &redundant_condition::RULE,
    &reminder_before_start::RULE,
    &reporting_circle::RULE,
    &review_overdue::RULE,
    &route_to_nobody::RULE,
    &scenario_fails::RULE,
    &step_out_of_order::RULE,
    &subset_not_declared::RULE,
    &syntax::RULE,
    &target_granularity::RULE,
    &target_unreachable::RULE,
    &timezone_missing::RULE,
    &type_mismatch::RULE,
    &unbounded_wait::RULE,
    &undefined_name::RULE,
    &unit_mismatch::RULE,
    &unknown_stage::RULE,
    &unknown_value::RULE,
    &unmeasurable_commitment::RULE,
    &unmeasured_stage::RULE,
    &unreachable_route::RULE,
    &unreachable_stage::RULE,
    &unreadable_file::RULE,
    &unused_allow::RULE,
    &unused_name::RULE,
    &use_not_found::RULE,
    &volume_without_quality::RULE,
    &wait_past_deadline::RULE,
];
