/** Keywords, built-in functions and disciplines of Verilog-AMS 2.4, and names that emitted modules have for their own. */
export const verilogAReserved: ReadonlySet<string> = new Set(
  [
    'above abs absdelay absdelta abstol access acos acosh ac_stim aliasparam always analog analysis and asin asinh',
    'assert assign atan atan2 atanh automatic begin branch break buf case casex casez ceil cell config connect',
    'connectmodule connectrules const continue continuous cos cosh cross ddt ddt_nature ddx deassign default define',
    'defparam delay disable discipline discrete domain driver_update edge electrical else end endcase endconfig',
    'endconnectrules enddiscipline endfunction endgenerate endmodule endnature endparamset endprimitive endspecify',
    'endtable endtask event exclude exp final_step flicker_noise floor flow for force forever fork from function',
    'generate genvar ground highz0 highz1 hypot idt idtmod idt_nature if ifnone in inf initial initial_step inout',
    'input instance integer join laplace_nd laplace_np laplace_zd laplace_zp large last_crossing liblist library',
    'limexp ln localparam log macromodule max medium merged min module nand nature negedge net_resolution nmos',
    'noise_table nor not notif0 notif1 or out output param parameter paramset pmos posedge potential pow primitive',
    'pull0 pull1 pulldown pullup pulsestyle_onevent rcmos real realtime reg release repeat return rnmos rpmos rtran',
    'scalared signed sin sinh slew small specify specparam split sqrt string strong0 strong1 supply0 supply1 table',
    'tan tanh task temperature time timer tran transition tri tri0 tri1 triand trior trireg units unsigned use',
    'vectored wait wand weak0 weak1 while white_noise wire wor wreal xnor xor zi_nd zi_np zi_zd zi_zp',
    'voltage current magnetic thermal kinematic kinematic_v rotational rotational_omega logic ddiscrete',
    'te be state initial_state volts lower range place value speed beyond sign_of exp_minus_one ln_one_plus',
  ].flatMap((line) => line.split(' ')),
);
